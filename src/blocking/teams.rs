//! Teams: each verb waits for its async twin.

use crate::blocking::{
    Items, OrganizationHandle, ProjectHandle, ProjectTeam, ProjectTeamHandle, Team, TeamHandle,
    twin::twins,
};
use crate::error::Result;

twins! {
    impl OrganizationHandle {
        /// Its teams.
        fn teams() -> Items<Team>;

        /// Fetches the team of this name.
        fn team_by_name(name: &str) -> Result<Team>;

        /// Creates a team of these people, who must belong to the organization.
        fn create_team(name: &str, usernames: &[&str]) -> Result<Team>;
    }

    impl TeamHandle {
        /// Fetches the team.
        fn get() -> Result<Team>;

        /// Gives the team another name.
        fn rename(name: &str) -> Result<Team>;

        /// Deletes the team; its people stay.
        fn delete() -> Result<()>;
    }

    impl ProjectHandle {
        /// The teams that have access to it.
        fn teams() -> Items<ProjectTeam>;
    }

    impl ProjectTeamHandle {
        /// Fetches the team's roles.
        fn get() -> Result<ProjectTeam>;

        /// Gives the team these roles in the project instead of those that it has.
        fn set_roles(roles: &[&str]) -> Result<()>;

        /// Takes the team's access to the project; the team itself stays.
        fn remove() -> Result<()>;

        /// Gives a team of the organization access to the project with these roles.
        fn assign(roles: &[&str]) -> Result<()>;
    }
}
