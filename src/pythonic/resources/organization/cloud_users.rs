//! Users of organizations, projects and teams.

mod project_users;
#[cfg(feature = "teams")]
mod team_members;

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
            organization::organizations::{Organization, OrganizationHandle},
            roles::OrganizationRole,
            values::value,
        },
        responses::{endpoint::FromRecord, read::Read, record::Record},
    },
    request::Call,
};

pub use project_users::{ProjectUser, ProjectUserData, ProjectUserHandle};

value! {
    /// The status of a membership in an organization.
    pub enum MembershipStatus {
        Active = "ACTIVE",
        Pending = "PENDING",
        InvitationExpired = "INVITATION_EXPIRED",
        InvitationRejected = "INVITATION_REJECTED",
    }
}

resource! {
    /// The data of an [`OrganizationUser`], which the async and the blocking type share.
    pub struct OrganizationUserData(types::OrgUserResponse), id: UserId = id {
        /// Returns the user name, an e-mail address.
        username: &str = username,
        /// Returns the status of the membership.
        status: MembershipStatus = org_membership_status,
        /// Returns the given name; `None` until the invitation is accepted.
        first_name: Option<&str> = first_name,
        /// Returns the family name; `None` until the invitation is accepted.
        last_name: Option<&str> = last_name,
        /// Returns the creation time of the account; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the time of the last login; `None` before the first login.
        last_login: Option<Timestamp> = last_auth,
        /// Returns the ids of the user's teams.
        team_ids: Vec<&str> = team_ids,
    }
}

/// A user of an organization, active or invited.
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
    /// Returns the roles in the organization.
    pub fn roles(&self) -> Vec<OrganizationRole> {
        let roles = self.as_api().roles.as_ref();
        roles.map_or_else(Vec::new, |roles| Read::read(&roles.org_roles))
    }
}

impl OrganizationUser {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationUserHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the user.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains (`roles`, `teamIds`). The document is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Removes the user from the organization, or revokes the invitation.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::remove`].
    pub async fn remove(&self) -> Result<()> {
        self.handle.remove().await
    }

    /// Adds a role in the organization.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::add_role`].
    pub async fn add_role(&self, role: impl Into<OrganizationRole>) -> Result<Self> {
        self.handle.add_role(role).await
    }

    /// Removes a role in the organization.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::remove_role`].
    pub async fn remove_role(&self, role: impl Into<OrganizationRole>) -> Result<Self> {
        self.handle.remove_role(role).await
    }
}

/// A handle to a user of an organization, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::{MembershipStatus, OrganizationRole};
///
/// let organization = atlas.this_organization().await?.handle();
/// let user = organization.invite_user("ada@example.com", &[OrganizationRole::Member]).await?;
/// assert_eq!(user.status(), MembershipStatus::Pending);
/// user.add_role(OrganizationRole::BillingReadOnly).await?;
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

    /// Creates a call of an operation, with the path parameters of the resource.
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

    /// Invites a user with these roles in the organization.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the user is already in the organization,
    /// or any [request error](crate::Error#request-errors).
    pub async fn invite_user(
        &self,
        username: &str,
        roles: &[OrganizationRole],
    ) -> Result<OrganizationUser> {
        let document = json!({ "username": username, "roles": { "orgRoles": roles } });
        let create = self.operation(operation::CREATE_ORG_USER);
        create.with_document(&document)?.fetch(self).await
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
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the user is not in the organization, or
    /// any [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<OrganizationUser> {
        self.operation(operation::GET_ORG_USER)
            .fetch(&self.organization)
            .await
    }

    /// Updates the fields that `changes` contains (`roles`, `teamIds`). The document is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<OrganizationUser> {
        let update = self.operation(operation::UPDATE_ORG_USER);
        update
            .with_document(changes)?
            .fetch(&self.organization)
            .await
    }

    /// Removes the user from the organization, or revokes the invitation.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_ORG_USER)
            .execute_delete()
            .await
    }

    /// Adds a role in the organization.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub async fn add_role(&self, role: impl Into<OrganizationRole>) -> Result<OrganizationUser> {
        let add = self.operation(operation::ADD_ORG_USER_ROLE);
        let document = json!({ "orgRole": role.into() });
        add.with_document(&document)?
            .fetch(&self.organization)
            .await
    }

    /// Removes a role in the organization.
    ///
    /// # Errors
    ///
    /// See [`add_role`](Self::add_role).
    pub async fn remove_role(&self, role: impl Into<OrganizationRole>) -> Result<OrganizationUser> {
        let remove = self.operation(operation::REMOVE_ORG_USER_ROLE);
        let document = json!({ "orgRole": role.into() });
        remove
            .with_document(&document)?
            .fetch(&self.organization)
            .await
    }
}
