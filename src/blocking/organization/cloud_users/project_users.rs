//! Users with access to a project, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::UserId,
        resources::{organization::cloud_users::ProjectUserData, roles::ProjectRole},
    },
};

/// A user with access to a project; the blocking counterpart of
/// [`ProjectUser`](crate::ProjectUser).
///
/// Dereferences to [`ProjectUserData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectUser {
    data: ProjectUserData,
    #[serde(skip)]
    pub(crate) handle: ProjectUserHandle,
}

impl Deref for ProjectUser {
    type Target = ProjectUserData;

    fn deref(&self) -> &ProjectUserData {
        &self.data
    }
}

impl IntoBlocking for crate::ProjectUser {
    type Output = ProjectUser;

    fn into_blocking(self, atlas: &Atlas) -> ProjectUser {
        ProjectUser {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
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
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Removes the user from the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Adds a role in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::add_role`].
    pub fn add_role(&self, role: impl Into<ProjectRole>) -> Result<Self> {
        self.handle.add_role(role)
    }

    /// Removes a role in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectUserHandle::remove_role`].
    pub fn remove_role(&self, role: impl Into<ProjectRole>) -> Result<Self> {
        self.handle.remove_role(role)
    }
}

/// A handle to a user of a project, identified by its id; the blocking counterpart of
/// [`ProjectUserHandle`](crate::ProjectUserHandle).
#[derive(Clone, Debug)]
pub struct ProjectUserHandle {
    pub(crate) inner: crate::ProjectUserHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ProjectUserHandle {
    type Output = ProjectUserHandle;

    fn into_blocking(self, atlas: &Atlas) -> ProjectUserHandle {
        ProjectUserHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ProjectUserHandle {
    /// Returns the id.
    pub fn id(&self) -> &UserId {
        self.inner.id()
    }
}

impl ProjectHandle {
    /// Returns a handle to the user with this id in this project. Does not send a request.
    pub fn user(&self, id: &UserId) -> ProjectUserHandle {
        self.inner.user(id).into_blocking(&self.atlas)
    }

    /// Lists the users with access to the project.
    pub fn users(&self) -> Items<ProjectUser> {
        self.atlas.list(self.inner.users())
    }

    /// Grants a user these roles in the project. Invites the user if they are not in the
    /// organization.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub fn add_user(&self, username: &str, roles: &[ProjectRole]) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.add_user(username, roles))
    }
}

impl Project {
    /// Lists the users with access to the project.
    ///
    /// See [`ProjectHandle::users`].
    pub fn users(&self) -> Items<ProjectUser> {
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
    pub fn get(&self) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.get())
    }

    /// Removes the user from the project.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Adds a role in the project.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub fn add_role(&self, role: impl Into<ProjectRole>) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.add_role(role))
    }

    /// Removes a role in the project.
    ///
    /// # Errors
    ///
    /// See [`add_role`](Self::add_role).
    pub fn remove_role(&self, role: impl Into<ProjectRole>) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.remove_role(role))
    }
}
