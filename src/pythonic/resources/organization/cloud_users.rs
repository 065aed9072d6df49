//! Users of organizations, projects and teams.

mod of_project;

pub use of_project::{ProjectUser, ProjectUserData, ProjectUserHandle};

use std::ops::Deref;

use jiff::Timestamp;

use serde::Serialize;

use serde_json::json;

#[cfg(feature = "teams")]
use crate::pythonic::resources::organization::teams::{Team, TeamHandle};

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
            organization::organizations::{Organization, OrganizationHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of [`OrganizationUser`].
    pub struct OrganizationUserData(types::OrgUserResponse), id: UserId = id {
        /// Returns the user name, an e-mail address.
        username: &str = username,
        /// Returns the status: `ACTIVE`, or `PENDING` while an invitation is open.
        status: &str = org_membership_status,
        /// Returns the given name; `None` until the invitation is accepted.
        first_name: Option<&str> = first_name,
        /// Returns the family name; `None` until the invitation is accepted.
        last_name: Option<&str> = last_name,
        /// Returns the creation time of the account; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the time of the last login; `None` if there was none.
        last_login: Option<Timestamp> = last_auth,
        /// Returns the ids of the user's teams.
        team_ids: Vec<&str> = team_ids,
    }
}

/// A user of an organization, or an invited one.
///
/// Dereferences to [`OrganizationUserData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrganizationUser {
    pub(crate) data: OrganizationUserData,
    #[serde(skip)]
    pub(crate) handle: OrganizationUserHandle,
}

impl Deref for OrganizationUser {
    type Target = OrganizationUserData;

    fn deref(&self) -> &OrganizationUserData {
        &self.data
    }
}

impl FromRecord<OrganizationHandle> for OrganizationUser {
    type Api = types::OrgUserResponse;

    fn from_record(organization: &OrganizationHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = OrganizationUserData::from_record(organization, record)?;
        let handle = organization.user(data.id());
        Ok(Self { data, handle })
    }
}

impl OrganizationUserData {
    /// Returns the roles in the organization, such as `ORG_MEMBER`.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        let roles = self.as_api().roles.iter();
        let roles = roles.flat_map(|roles| roles.org_roles.iter().flatten());
        roles.map(AsRef::as_ref)
    }
}

impl OrganizationUser {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationUserHandle {
        self.handle.clone()
    }

    /// Fetches the user again.
    ///
    /// # Errors
    ///
    /// As [`OrganizationUserHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields in a JSON document (`roles`, `teamIds`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As [`OrganizationUserHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Removes the user from the organization, or revokes the invitation.
    ///
    /// # Errors
    ///
    /// As [`OrganizationUserHandle::remove`].
    pub async fn remove(&self) -> Result<()> {
        self.handle.remove().await
    }

    /// Adds a role in the organization.
    ///
    /// # Errors
    ///
    /// As [`OrganizationUserHandle::add_role`].
    pub async fn add_role(&self, role: &str) -> Result<Self> {
        self.handle.add_role(role).await
    }

    /// Removes a role in the organization.
    ///
    /// # Errors
    ///
    /// As [`OrganizationUserHandle::remove_role`].
    pub async fn remove_role(&self, role: &str) -> Result<Self> {
        self.handle.remove_role(role).await
    }
}

/// A handle to a user of an organization, identified by an id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let organization = atlas.this_organization().await?.handle();
/// let invited = organization.invite_user("ada@example.com", &["ORG_MEMBER"]).await?;
/// assert_eq!((invited.username(), invited.status()), ("ada@example.com", "PENDING"));
///
/// let id: mongodbatlas::UserId = invited.handle().id().clone();
/// let ada = organization.user(&id);
/// ada.add_role("ORG_BILLING_READ_ONLY").await?;
/// ada.remove_role("ORG_BILLING_READ_ONLY").await?;
/// ada.update(&serde_json::json!({"roles": {"orgRoles": ["ORG_READ_ONLY"]}})).await?;
/// assert!(ada.get().await?.roles().eq(["ORG_READ_ONLY"]));
///
/// for user in organization.users().collect().await? {
///     println!("{} {:?} {:?}", user.username(), user.first_name(), user.last_name());
///     println!("{:?} {:?} {:?}", user.created(), user.last_login(), user.team_ids());
/// }
///
/// // a team takes people of the organization
/// let team = organization.create_team("Night watch", &[]).await?.handle();
/// team.add_user(invited.id()).await?;
/// assert_eq!(team.users().collect().await?.len(), 1);
/// team.remove_user(invited.id()).await?;
/// ada.remove().await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct OrganizationUserHandle {
    pub(crate) organization: OrganizationHandle,
    pub(crate) id: UserId,
}

impl OrganizationUserHandle {
    /// Returns the id.
    pub fn id(&self) -> &UserId {
        &self.id
    }

    /// Creates a call of an operation on the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.organization
            .operation(operation)
            .with("userId", &self.id)
    }
}

impl OrganizationHandle {
    /// Returns a handle to the user with this id. Does not send a request.
    pub fn user(&self, id: &UserId) -> OrganizationUserHandle {
        OrganizationUserHandle {
            organization: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the users, including invited ones.
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.operation(operation::LIST_ORG_USERS).list(self)
    }

    /// Invites a user with these roles in the organization, such as `ORG_MEMBER`.
    ///
    /// # Errors
    ///
    /// A conflict if the user belongs to the organization already, or any [request
    /// error](crate::Error).
    pub async fn invite_user(&self, username: &str, roles: &[&str]) -> Result<OrganizationUser> {
        let document = json!({ "username": username, "roles": { "orgRoles": roles } });
        let create = self.operation(operation::CREATE_ORG_USER);
        create.with_document(&document)?.one(self).await
    }
}

impl Organization {
    /// Lists the users, including invited ones.
    ///
    /// See [`OrganizationHandle::users`].
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.handle.users()
    }
}

impl OrganizationUserHandle {
    /// Fetches the user.
    ///
    /// # Errors
    ///
    /// Not found for a user who does not belong to the organization, or any [request
    /// error](crate::Error).
    pub async fn get(&self) -> Result<OrganizationUser> {
        self.operation(operation::GET_ORG_USER)
            .one(&self.organization)
            .await
    }

    /// Updates the fields in a JSON document (`roles`, `teamIds`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationUser> {
        let update = self.operation(operation::UPDATE_ORG_USER);
        update.with_document(changes)?.one(&self.organization).await
    }

    /// Removes the user from the organization, or revokes the invitation.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_ORG_USER).deleted().await
    }

    /// Adds a role in the organization.
    ///
    /// # Errors
    ///
    /// Rejected for an unknown role, or any [request error](crate::Error).
    pub async fn add_role(&self, role: &str) -> Result<OrganizationUser> {
        let add = self.operation(operation::ADD_ORG_USER_ROLE);
        let document = json!({ "orgRole": role });
        add.with_document(&document)?.one(&self.organization).await
    }

    /// Removes a role in the organization.
    ///
    /// # Errors
    ///
    /// As [`add_role`](Self::add_role).
    pub async fn remove_role(&self, role: &str) -> Result<OrganizationUser> {
        let remove = self.operation(operation::REMOVE_ORG_USER_ROLE);
        let document = json!({ "orgRole": role });
        remove
            .with_document(&document)?
            .one(&self.organization)
            .await
    }
}

#[cfg(feature = "teams")]
impl TeamHandle {
    /// Lists the members of the team.
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.operation(operation::LIST_ORG_TEAM_USERS)
            .list(&self.organization)
    }

    /// Adds a user of the organization to the team.
    ///
    /// # Errors
    ///
    /// Not found for an unknown user, or any [request error](crate::Error).
    pub async fn add_user(&self, id: &UserId) -> Result<OrganizationUser> {
        let add = self.operation(operation::ADD_ORG_TEAM_USER);
        add.with_document(&json!({ "id": id }))?
            .one(&self.organization)
            .await
    }

    /// Removes a user from the team.
    ///
    /// # Errors
    ///
    /// As [`add_user`](Self::add_user).
    pub async fn remove_user(&self, id: &UserId) -> Result<OrganizationUser> {
        let remove = self.operation(operation::REMOVE_ORG_TEAM_USER);
        let document = json!({ "id": id });
        remove
            .with_document(&document)?
            .one(&self.organization)
            .await
    }
}

#[cfg(feature = "teams")]
impl Team {
    /// Lists the members of the team.
    ///
    /// See [`TeamHandle::users`].
    pub fn users(&self) -> Pager<OrganizationUser> {
        self.handle.users()
    }
}
