//! Teams of an organization and in a project: list, get, create (with their organization), update,
//! delete.

use serde_json::json;

use crate::pythonic::{
    ids::TeamId,
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::{organizations::OrganizationHandle, projects::ProjectHandle},
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// A team of an organization, as the server described it.
    pub struct Team(types::TeamResponse) in OrganizationHandle, id: TeamId = id {
        /// The name, which is unique in its organization; empty if the server sent none.
        name: &str = name,
    }
}

impl<C: Clone> Team<C> {
    /// What can be done with it.
    pub fn handle(&self) -> TeamHandle<C> {
        self.parent.team(&self.id)
    }
}

view! {
    /// A team that has been given access to a project, as the server described it.
    pub struct ProjectTeam(types::TeamRole) in ProjectHandle, id: TeamId = team_id {
        /// Its roles in the project, such as `GROUP_READ_ONLY`.
        roles: Vec<&str> = role_names,
    }
}

impl<C: Clone> ProjectTeam<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ProjectTeamHandle<C> {
        self.parent.team(&self.id)
    }
}

handle! {
    /// What can be done with a team of an organization, which is known by its id.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let organization = atlas.this_organization().await?.handle();
    /// let ada = organization.invite_user("ada@example.com", &["ORG_MEMBER"]).await?;
    /// let team = organization.create_team("Night watch", &[ada.username()]).await?;
    /// let (handle, id): (_, mongodbatlas::TeamId) = (team.handle(), team.id().clone());
    /// assert_eq!(handle.id(), &id);
    /// assert_eq!(organization.team(&id).get().await?.name(), "Night watch");
    /// assert_eq!(organization.team_by_name("Night watch").await?.id(), team.id());
    ///
    /// // it gets access to a project, and other rights there later
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let access = project.team(team.id());
    /// access.assign(&["GROUP_READ_ONLY"]).await?;
    /// access.set_roles(&["GROUP_DATA_ACCESS_READ_WRITE"]).await?;
    /// assert_eq!(access.get().await?.roles(), ["GROUP_DATA_ACCESS_READ_WRITE"]);
    /// for team in project.teams().collect().await? {
    ///     println!("{} {:?}", team.handle().id(), team.roles());
    /// }
    ///
    /// // and is dissolved
    /// access.remove().await?;
    /// handle.rename("Former night watch").await?;
    /// handle.delete().await?;
    /// let teams = organization.teams().collect().await?;
    /// assert!(teams.iter().all(|other| other.id() != team.id()));
    /// # Ok(()) }) }
    /// ```
    pub struct TeamHandle in OrganizationHandle {
        /// The id.
        id: TeamId => "teamId",
    }
}

handle! {
    /// What can be done with a team in a project, which is known by its id.
    pub struct ProjectTeamHandle in ProjectHandle {
        /// The id.
        id: TeamId => "teamId",
    }
}

impl<C: Clone> OrganizationHandle<C> {
    /// The team with this id; nothing is sent before something is asked of it.
    pub fn team(&self, id: &TeamId) -> TeamHandle<C> {
        TeamHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Its teams.
    pub fn teams(&self) -> Pager<Team> {
        self.operation(operation::LIST_ORG_TEAMS).list(self)
    }

    /// Fetches the team of this name.
    ///
    /// # Errors
    ///
    /// Not found for an unknown name, and what a call can end with.
    pub async fn team_by_name(&self, name: &str) -> Result<Team> {
        let get = self.operation(operation::GET_ORG_TEAM_BY_NAME);
        get.with("teamName", name).one(self).await
    }

    /// Creates a team of these people, who must belong to the organization.
    ///
    /// # Errors
    ///
    /// Rejected without people, a conflict if the name is taken, and what a call can end with.
    pub async fn create_team(&self, name: &str, usernames: &[&str]) -> Result<Team> {
        let create = self.operation(operation::CREATE_ORG_TEAM);
        let document = json!({ "name": name, "usernames": usernames });
        create.with_document(&document)?.one(self).await
    }
}

impl TeamHandle {
    /// Fetches the team.
    ///
    /// # Errors
    ///
    /// Not found for an unknown team, and what a call can end with.
    pub async fn get(&self) -> Result<Team> {
        self.operation(operation::GET_ORG_TEAM)
            .one(&self.parent)
            .await
    }

    /// Gives the team another name.
    ///
    /// # Errors
    ///
    /// A conflict if the name is taken, and what a call can end with.
    pub async fn rename(&self, name: &str) -> Result<Team> {
        let rename = self.operation(operation::RENAME_ORG_TEAM);
        let document = json!({ "name": name });
        rename.with_document(&document)?.one(&self.parent).await
    }

    /// Deletes the team; its people stay.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_ORG_TEAM).deleted().await
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The team with this id in this project; nothing is sent before something is asked of it.
    pub fn team(&self, id: &TeamId) -> ProjectTeamHandle<C> {
        ProjectTeamHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ProjectHandle {
    /// The teams that have access to it.
    pub fn teams(&self) -> Pager<ProjectTeam> {
        self.operation(operation::LIST_GROUP_TEAMS).list(self)
    }
}

impl ProjectTeamHandle {
    /// Fetches the team's roles.
    ///
    /// # Errors
    ///
    /// Not found for a team without access to the project, and what a call can end with.
    pub async fn get(&self) -> Result<ProjectTeam> {
        self.operation(operation::GET_GROUP_TEAM)
            .one(&self.parent)
            .await
    }

    /// Gives the team these roles in the project instead of those that it has.
    ///
    /// # Errors
    ///
    /// Not found for a team without access to the project, and what a call can end with.
    pub async fn set_roles(&self, roles: &[&str]) -> Result<()> {
        let update = self.operation(operation::UPDATE_GROUP_TEAM);
        update
            .with_document(&json!({ "roleNames": roles }))?
            .done()
            .await
    }

    /// Takes the team's access to the project; the team itself stays.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn remove(&self) -> Result<()> {
        self.operation(operation::REMOVE_GROUP_TEAM).deleted().await
    }

    /// Gives a team of the organization access to the project with these roles.
    ///
    /// # Errors
    ///
    /// Not found for a team that the organization does not have, and what a call can end with.
    pub async fn assign(&self, roles: &[&str]) -> Result<()> {
        let assign = self.parent.operation(operation::ADD_GROUP_TEAMS);
        let document = json!([{ "teamId": self.id, "roleNames": roles }]);
        assign.with_document(&document)?.done().await
    }
}
