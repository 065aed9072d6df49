//! Teams of an organization.

mod project_teams;

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
            organization::organizations::{Organization, OrganizationHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use project_teams::{ProjectTeam, ProjectTeamData, ProjectTeamHandle};

resource! {
    /// The data of a [`Team`], which the async and the blocking type share.
    pub struct TeamData(types::TeamResponse), id: TeamId = id {
        /// Returns the name, which is unique in its organization; empty if missing.
        name: &str = name,
    }
}

/// A team of an organization returned by the API.
///
/// Dereferences to [`TeamData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Team {
    pub(crate) data: TeamData,
    #[serde(skip)]
    pub(crate) handle: TeamHandle,
}

impl Deref for Team {
    type Target = TeamData;

    fn deref(&self) -> &TeamData {
        &self.data
    }
}

impl FromRecord<OrganizationHandle> for Team {
    type Api = types::TeamResponse;

    fn from_record(organization: &OrganizationHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = TeamData::from_record(organization, record)?;
        let handle = organization.team(data.id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Renames the team.
    ///
    /// # Errors
    ///
    /// See [`TeamHandle::rename`].
    pub async fn rename(&self, name: &str) -> Result<Self> {
        self.handle.rename(name).await
    }

    /// Deletes the team. Its members remain in the organization.
    ///
    /// # Errors
    ///
    /// See [`TeamHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to a team of an organization, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::{OrganizationRole, ProjectRole};
///
/// let organization = atlas.this_organization().await?.handle();
/// let ada = organization.invite_user("ada@example.com", &[OrganizationRole::Member]).await?;
/// let team = organization.create_team("Night watch", &[ada.username()]).await?;
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// project.team(team.id()).assign(&[ProjectRole::ReadOnly]).await?;
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct TeamHandle {
    pub(crate) organization: OrganizationHandle,
    pub(crate) id: TeamId,
}

impl TeamHandle {
    /// Returns the id.
    pub fn id(&self) -> &TeamId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.organization
            .operation(operation)
            .with("teamId", &self.id)
    }
}

impl OrganizationHandle {
    /// Returns a handle to the team with this id. Does not send a request.
    pub fn team(&self, id: &TeamId) -> TeamHandle {
        TeamHandle {
            organization: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the teams.
    pub fn teams(&self) -> Pager<Team> {
        self.operation(operation::LIST_ORG_TEAMS).list(self)
    }

    /// Fetches the team with this name.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the team does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub async fn team_by_name(&self, name: &str) -> Result<Team> {
        let get = self.operation(operation::GET_ORG_TEAM_BY_NAME);
        get.with("teamName", name).fetch(self).await
    }

    /// Creates a team with these members, who must be users of the organization.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the list of members is empty,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub async fn create_team(&self, name: &str, usernames: &[&str]) -> Result<Team> {
        let create = self.operation(operation::CREATE_ORG_TEAM);
        let document = json!({ "name": name, "usernames": usernames });
        create.with_document(&document)?.fetch(self).await
    }
}

impl Organization {
    /// Lists the teams.
    ///
    /// See [`OrganizationHandle::teams`].
    pub fn teams(&self) -> Pager<Team> {
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
    pub async fn get(&self) -> Result<Team> {
        self.operation(operation::GET_ORG_TEAM)
            .fetch(&self.organization)
            .await
    }

    /// Renames the team.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub async fn rename(&self, name: &str) -> Result<Team> {
        let rename = self.operation(operation::RENAME_ORG_TEAM);
        let document = json!({ "name": name });
        rename
            .with_document(&document)?
            .fetch(&self.organization)
            .await
    }

    /// Deletes the team. Its members remain in the organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_TEAM)
            .execute_delete()
            .await
    }
}
