//! Users of organizations, projects and teams, without `async`.

mod project_users;

use std::ops::Deref;

use serde::Serialize;

#[cfg(feature = "teams")]
use crate::blocking::organization::teams::{Team, TeamHandle};
use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::organizations::{Organization, OrganizationHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::UserId,
        resources::{organization::cloud_users::OrganizationUserData, roles::OrganizationRole},
    },
};

pub use project_users::{ProjectUser, ProjectUserHandle};

/// A user of an organization, active or invited; the blocking counterpart of
/// [`OrganizationUser`](crate::OrganizationUser).
///
/// Dereferences to [`OrganizationUserData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrganizationUser {
    data: OrganizationUserData,
    #[serde(skip)]
    pub(crate) handle: OrganizationUserHandle,
}

impl Deref for OrganizationUser {
    type Target = OrganizationUserData;

    fn deref(&self) -> &OrganizationUserData {
        &self.data
    }
}

impl IntoBlocking for crate::OrganizationUser {
    type Output = OrganizationUser;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationUser {
        OrganizationUser {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
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
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains (`roles`, `teamIds`). The document is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Removes the user from the organization, or revokes the invitation.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Adds a role in the organization.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::add_role`].
    pub fn add_role(&self, role: impl Into<OrganizationRole>) -> Result<Self> {
        self.handle.add_role(role)
    }

    /// Removes a role in the organization.
    ///
    /// # Errors
    ///
    /// See [`OrganizationUserHandle::remove_role`].
    pub fn remove_role(&self, role: impl Into<OrganizationRole>) -> Result<Self> {
        self.handle.remove_role(role)
    }
}

/// A handle to a user of an organization, identified by its id; the blocking counterpart of
/// [`OrganizationUserHandle`](crate::OrganizationUserHandle).
#[derive(Clone, Debug)]
pub struct OrganizationUserHandle {
    pub(crate) inner: crate::OrganizationUserHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::OrganizationUserHandle {
    type Output = OrganizationUserHandle;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationUserHandle {
        OrganizationUserHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl OrganizationUserHandle {
    /// Returns the id.
    pub fn id(&self) -> &UserId {
        self.inner.id()
    }
}

impl OrganizationHandle {
    /// Returns a handle to the user with this id. Does not send a request.
    pub fn user(&self, id: &UserId) -> OrganizationUserHandle {
        self.inner.user(id).into_blocking(&self.atlas)
    }

    /// Lists the users, including invited ones.
    pub fn users(&self) -> Items<OrganizationUser> {
        self.atlas.list(self.inner.users())
    }

    /// Invites a user with these roles in the organization.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the user is already in the organization,
    /// or any [request error](crate::Error#request-errors).
    pub fn invite_user(
        &self,
        username: &str,
        roles: &[OrganizationRole],
    ) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.invite_user(username, roles))
    }
}

impl Organization {
    /// Lists the users, including invited ones.
    ///
    /// See [`OrganizationHandle::users`].
    pub fn users(&self) -> Items<OrganizationUser> {
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
    pub fn get(&self) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains (`roles`, `teamIds`). The document is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Removes the user from the organization, or revokes the invitation.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Adds a role in the organization.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub fn add_role(&self, role: impl Into<OrganizationRole>) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.add_role(role))
    }

    /// Removes a role in the organization.
    ///
    /// # Errors
    ///
    /// See [`add_role`](Self::add_role).
    pub fn remove_role(&self, role: impl Into<OrganizationRole>) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.remove_role(role))
    }
}

#[cfg(feature = "teams")]
impl TeamHandle {
    /// Lists the members of the team.
    pub fn users(&self) -> Items<OrganizationUser> {
        self.atlas.list(self.inner.users())
    }

    /// Adds a user of the organization to the team.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the user does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub fn add_user(&self, id: &UserId) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.add_user(id))
    }

    /// Removes a user from the team.
    ///
    /// # Errors
    ///
    /// See [`add_user`](Self::add_user).
    pub fn remove_user(&self, id: &UserId) -> Result<OrganizationUser> {
        self.atlas.fetch(self.inner.remove_user(id))
    }
}

#[cfg(feature = "teams")]
impl Team {
    /// Lists the members of the team.
    ///
    /// See [`TeamHandle::users`].
    pub fn users(&self) -> Items<OrganizationUser> {
        self.handle.users()
    }
}
