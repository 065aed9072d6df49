//! Users with access to a project.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::UserId,
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::{
                cloud_users::MembershipStatus,
                projects::{Project, ProjectHandle},
            },
            roles::ProjectRole,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of a [`ProjectUser`], which the async and the blocking type share.
    pub struct ProjectUserData(types::GroupUserResponse), id: UserId = id {
        /// Returns the user name, an e-mail address.
        username: &str = username,
        /// Returns the status of the membership in the organization.
        status: MembershipStatus = org_membership_status,
        /// Returns the roles in the project.
        roles: Vec<ProjectRole> = roles,
        /// Returns the time of the last login; `None` before the first login.
        last_login: Option<Timestamp> = last_auth,
    }
}

/// A user with access to a project.
///
/// Dereferences to [`ProjectUserData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectUser {
    pub(crate) data: ProjectUserData,
    #[serde(skip)]
    pub(crate) handle: ProjectUserHandle,
}

impl Deref for ProjectUser {
    type Target = ProjectUserData;

    fn deref(&self) -> &ProjectUserData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for ProjectUser {
    type Api = types::GroupUserResponse;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ProjectUserData::from_record(project, record)?;
        let handle = project.user(data.id());
        Ok(Self { data, handle })
    }
}

impl ProjectUser {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectUserHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the user.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Removes the user from the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::remove`].
    pub async fn remove(&self) -> Result<()> {
        self.handle.remove().await
    }

    /// Adds a role in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::add_role`].
    pub async fn add_role(&self, role: impl Into<ProjectRole>) -> Result<Self> {
        self.handle.add_role(role).await
    }

    /// Removes a role in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::remove_role`].
    pub async fn remove_role(&self, role: impl Into<ProjectRole>) -> Result<Self> {
        self.handle.remove_role(role).await
    }
}

/// A handle to a user of a project, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::ProjectRole;
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let user = project.add_user("ada@example.com", &[ProjectRole::ReadOnly]).await?;
/// user.add_role(ProjectRole::Owner).await?;
/// user.remove_role(ProjectRole::ReadOnly).await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct ProjectUserHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) id: UserId,
}

impl ProjectUserHandle {
    /// Returns the id.
    pub fn id(&self) -> &UserId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project.operation(operation).with("userId", &self.id)
    }
}

impl ProjectHandle {
    /// Returns a handle to the user with this id in this project. Does not send a request.
    pub fn user(&self, id: &UserId) -> ProjectUserHandle {
        ProjectUserHandle {
            project: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the users with access to the project.
    pub fn users(&self) -> Pager<ProjectUser> {
        self.operation(operation::LIST_GROUP_USERS).list(self)
    }

    /// Grants a user these roles in the project. Invites the user if
    /// they are not in the organization.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub async fn add_user(&self, username: &str, roles: &[ProjectRole]) -> Result<ProjectUser> {
        let add = self.operation(operation::ADD_GROUP_USERS);
        let document = json!({ "username": username, "roles": roles });
        add.with_document(&document)?.fetch(self).await
    }
}

impl Project {
    /// Lists the users with access to the project.
    ///
    /// See [`ProjectHandle::users`].
    pub fn users(&self) -> Pager<ProjectUser> {
        self.handle.users()
    }
}

impl ProjectUserHandle {
    /// Fetches the user.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the user has no access to the project,
    /// or any [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<ProjectUser> {
        self.operation(operation::GET_GROUP_USER)
            .fetch(&self.project)
            .await
    }

    /// Removes the user from the project.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_GROUP_USER)
            .execute_delete()
            .await
    }

    /// Adds a role in the project.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub async fn add_role(&self, role: impl Into<ProjectRole>) -> Result<ProjectUser> {
        let add = self.operation(operation::ADD_GROUP_USER_ROLE);
        let document = json!({ "groupRole": role.into() });
        add.with_document(&document)?.fetch(&self.project).await
    }

    /// Removes a role in the project.
    ///
    /// # Errors
    ///
    /// See [`add_role`](Self::add_role).
    pub async fn remove_role(&self, role: impl Into<ProjectRole>) -> Result<ProjectUser> {
        let remove = self.operation(operation::REMOVE_GROUP_USER_ROLE);
        let document = json!({ "groupRole": role.into() });
        remove.with_document(&document)?.fetch(&self.project).await
    }
}
