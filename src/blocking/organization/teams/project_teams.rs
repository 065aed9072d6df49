//! Teams with access to a project, without `async`.

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
        ids::TeamId,
        resources::{organization::teams::ProjectTeamData, roles::ProjectRole},
    },
};

/// A team with access to a project; the blocking counterpart of
/// [`ProjectTeam`](crate::ProjectTeam).
///
/// Dereferences to [`ProjectTeamData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectTeam {
    data: ProjectTeamData,
    #[serde(skip)]
    pub(crate) handle: ProjectTeamHandle,
}

impl Deref for ProjectTeam {
    type Target = ProjectTeamData;

    fn deref(&self) -> &ProjectTeamData {
        &self.data
    }
}

impl IntoBlocking for crate::ProjectTeam {
    type Output = ProjectTeam;

    fn into_blocking(self, atlas: &Atlas) -> ProjectTeam {
        ProjectTeam {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl ProjectTeam {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectTeamHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the team.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Replaces the team's roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::set_roles`].
    pub fn set_roles(&self, roles: &[ProjectRole]) -> Result<()> {
        self.handle.set_roles(roles)
    }

    /// Removes the team from the project. The team remains in the organization.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Grants a team of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::assign`].
    pub fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        self.handle.assign(roles)
    }
}

/// A handle to a team in a project, identified by its id; the blocking counterpart of
/// [`ProjectTeamHandle`](crate::ProjectTeamHandle).
#[derive(Clone, Debug)]
pub struct ProjectTeamHandle {
    pub(crate) inner: crate::ProjectTeamHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ProjectTeamHandle {
    type Output = ProjectTeamHandle;

    fn into_blocking(self, atlas: &Atlas) -> ProjectTeamHandle {
        ProjectTeamHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ProjectTeamHandle {
    /// Returns the id.
    pub fn id(&self) -> &TeamId {
        self.inner.id()
    }
}

impl ProjectHandle {
    /// Returns a handle to the team with this id in this project. Does not send a request.
    pub fn team(&self, id: &TeamId) -> ProjectTeamHandle {
        self.inner.team(id).into_blocking(&self.atlas)
    }

    /// Lists the teams with access to the project.
    pub fn teams(&self) -> Items<ProjectTeam> {
        self.atlas.list(self.inner.teams())
    }
}

impl Project {
    /// Lists the teams with access to the project.
    ///
    /// See [`ProjectHandle::teams`].
    pub fn teams(&self) -> Items<ProjectTeam> {
        self.handle.teams()
    }
}

impl ProjectTeamHandle {
    /// Fetches the team with its roles.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the team has no access to the project,
    /// or any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<ProjectTeam> {
        self.atlas.fetch(self.inner.get())
    }

    /// Replaces the team's roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the team has no access to the project,
    /// or any [request error](crate::Error#request-errors).
    pub fn set_roles(&self, roles: &[ProjectRole]) -> Result<()> {
        self.atlas.wait(self.inner.set_roles(roles))
    }

    /// Removes the team from the project. The team remains in the organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Grants a team of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization has no such team, or
    /// any [request error](crate::Error#request-errors).
    pub fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        self.atlas.wait(self.inner.assign(roles))
    }
}
