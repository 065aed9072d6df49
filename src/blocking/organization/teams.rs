//! Teams of an organization, without `async`.

mod project_teams;

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::organizations::{Organization, OrganizationHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::TeamId, resources::organization::teams::TeamData},
};

pub use project_teams::{ProjectTeam, ProjectTeamHandle};

/// A team of an organization returned by the API; the blocking counterpart of
/// [`Team`](crate::Team).
///
/// Dereferences to [`TeamData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Team {
    data: TeamData,
    #[serde(skip)]
    pub(crate) handle: TeamHandle,
}

impl Deref for Team {
    type Target = TeamData;

    fn deref(&self) -> &TeamData {
        &self.data
    }
}

impl IntoBlocking for crate::Team {
    type Output = Team;

    fn into_blocking(self, atlas: &Atlas) -> Team {
        Team {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl Team {
    /// Returns the handle.
    pub fn handle(&self) -> TeamHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the team.
    ///
    /// # Errors
    ///
    /// See [`TeamHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Renames the team.
    ///
    /// # Errors
    ///
    /// See [`TeamHandle::rename`].
    pub fn rename(&self, name: &str) -> Result<Self> {
        self.handle.rename(name)
    }

    /// Deletes the team. Its members remain in the organization.
    ///
    /// # Errors
    ///
    /// See [`TeamHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }
}

/// A handle to a team of an organization, identified by its id; the blocking counterpart of
/// [`TeamHandle`](crate::TeamHandle).
#[derive(Clone, Debug)]
pub struct TeamHandle {
    pub(crate) inner: crate::TeamHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::TeamHandle {
    type Output = TeamHandle;

    fn into_blocking(self, atlas: &Atlas) -> TeamHandle {
        TeamHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl TeamHandle {
    /// Returns the id.
    pub fn id(&self) -> &TeamId {
        self.inner.id()
    }
}

impl OrganizationHandle {
    /// Returns a handle to the team with this id. Does not send a request.
    pub fn team(&self, id: &TeamId) -> TeamHandle {
        self.inner.team(id).into_blocking(&self.atlas)
    }

    /// Lists the teams.
    pub fn teams(&self) -> Items<Team> {
        self.atlas.list(self.inner.teams())
    }

    /// Fetches the team with this name.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the team does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub fn team_by_name(&self, name: &str) -> Result<Team> {
        self.atlas.fetch(self.inner.team_by_name(name))
    }

    /// Creates a team with these members, who must be users of the organization.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the list of members is empty,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_team(&self, name: &str, usernames: &[&str]) -> Result<Team> {
        self.atlas.fetch(self.inner.create_team(name, usernames))
    }
}

impl Organization {
    /// Lists the teams.
    ///
    /// See [`OrganizationHandle::teams`].
    pub fn teams(&self) -> Items<Team> {
        self.handle.teams()
    }
}

impl TeamHandle {
    /// Fetches the team.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the team does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub fn get(&self) -> Result<Team> {
        self.atlas.fetch(self.inner.get())
    }

    /// Renames the team.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub fn rename(&self, name: &str) -> Result<Team> {
        self.atlas.fetch(self.inner.rename(name))
    }

    /// Deletes the team. Its members remain in the organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }
}
