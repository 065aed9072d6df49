//! Teams with access to a project.

use std::ops::Deref;

use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::TeamId,
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::projects::{Project, ProjectHandle},
            roles::ProjectRole,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of a [`ProjectTeam`], which the async and the blocking type share.
    pub struct ProjectTeamData(types::TeamRole), id: TeamId = team_id {
        /// Returns the roles in the project.
        roles: Vec<ProjectRole> = role_names,
    }
}

/// A team with access to a project.
///
/// Dereferences to [`ProjectTeamData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectTeam {
    pub(crate) data: ProjectTeamData,
    #[serde(skip)]
    pub(crate) handle: ProjectTeamHandle,
}

impl Deref for ProjectTeam {
    type Target = ProjectTeamData;

    fn deref(&self) -> &ProjectTeamData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for ProjectTeam {
    type Api = types::TeamRole;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ProjectTeamData::from_record(project, record)?;
        let handle = project.team(data.id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Replaces the team's roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::set_roles`].
    pub async fn set_roles(&self, roles: &[ProjectRole]) -> Result<()> {
        self.handle.set_roles(roles).await
    }

    /// Removes the team from the project. The team remains in the organization.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::remove`].
    pub async fn remove(&self) -> Result<()> {
        self.handle.remove().await
    }

    /// Grants a team of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectTeamHandle::assign`].
    pub async fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        self.handle.assign(roles).await
    }
}

/// A handle to a team in a project, identified by its id.
#[derive(Clone, Debug)]
pub struct ProjectTeamHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) id: TeamId,
}

impl ProjectTeamHandle {
    /// Returns the id.
    pub fn id(&self) -> &TeamId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project.operation(operation).with("teamId", &self.id)
    }
}

impl ProjectHandle {
    /// Returns a handle to the team with this id in this project. Does not send a request.
    pub fn team(&self, id: &TeamId) -> ProjectTeamHandle {
        ProjectTeamHandle {
            project: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the teams with access to the project.
    pub fn teams(&self) -> Pager<ProjectTeam> {
        self.operation(operation::LIST_GROUP_TEAMS).list(self)
    }
}

impl Project {
    /// Lists the teams with access to the project.
    ///
    /// See [`ProjectHandle::teams`].
    pub fn teams(&self) -> Pager<ProjectTeam> {
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
    pub async fn get(&self) -> Result<ProjectTeam> {
        self.operation(operation::GET_GROUP_TEAM)
            .fetch(&self.project)
            .await
    }

    /// Replaces the team's roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the team has no access to the project,
    /// or any [request error](crate::Error#request-errors).
    pub async fn set_roles(&self, roles: &[ProjectRole]) -> Result<()> {
        let update = self.operation(operation::UPDATE_GROUP_TEAM);
        update
            .with_document(&json!({ "roleNames": roles }))?
            .execute()
            .await
    }

    /// Removes the team from the project. The team remains in the organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_GROUP_TEAM)
            .execute_delete()
            .await
    }

    /// Grants a team of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization has no such team, or
    /// any [request error](crate::Error#request-errors).
    pub async fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        let assign = self.project.operation(operation::ADD_GROUP_TEAMS);
        let document = json!([{ "teamId": self.id, "roleNames": roles }]);
        assign.with_document(&document)?.execute().await
    }
}
