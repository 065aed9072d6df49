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
    pythonic::{ids::UserId, resources::organization::cloud_users::ProjectUserData},
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

    /// Fetches the user again.
    ///
    /// # Errors
    ///
    /// As [`ProjectUserHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Removes the user from the project.
    ///
    /// # Errors
    ///
    /// As [`ProjectUserHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Adds a role in the project.
    ///
    /// # Errors
    ///
    /// As [`ProjectUserHandle::add_role`].
    pub fn add_role(&self, role: &str) -> Result<Self> {
        self.handle.add_role(role)
    }

    /// Removes a role in the project.
    ///
    /// # Errors
    ///
    /// As [`ProjectUserHandle::remove_role`].
    pub fn remove_role(&self, role: &str) -> Result<Self> {
        self.handle.remove_role(role)
    }
}

/// A handle to a user of a project, identified by an id; the blocking counterpart of
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
    ///
    /// See the async [`users`](crate::ProjectHandle::users).
    pub fn users(&self) -> Items<ProjectUser> {
        self.atlas.list(self.inner.users())
    }

    /// Assigns these roles in the project, such as `GROUP_READ_ONLY`, to a user. Invites users who
    /// do not belong to the organization.
    ///
    /// # Errors
    ///
    /// As the async [`add_user`](crate::ProjectHandle::add_user). Fails inside an async runtime.
    pub fn add_user(&self, username: &str, roles: &[&str]) -> Result<ProjectUser> {
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
    /// As the async [`get`](crate::ProjectUserHandle::get). Fails inside an async runtime.
    pub fn get(&self) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.get())
    }

    /// Removes the user from the project.
    ///
    /// # Errors
    ///
    /// As the async [`remove`](crate::ProjectUserHandle::remove). Fails inside an async runtime.
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Adds a role in the project.
    ///
    /// # Errors
    ///
    /// As the async [`add_role`](crate::ProjectUserHandle::add_role). Fails inside an async
    /// runtime.
    pub fn add_role(&self, role: &str) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.add_role(role))
    }

    /// Removes a role in the project.
    ///
    /// # Errors
    ///
    /// As the async [`remove_role`](crate::ProjectUserHandle::remove_role). Fails inside an async
    /// runtime.
    pub fn remove_role(&self, role: &str) -> Result<ProjectUser> {
        self.atlas.fetch(self.inner.remove_role(role))
    }
}
