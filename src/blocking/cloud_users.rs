//! People who can log in: each verb waits for its async twin.

use serde::Serialize;

#[cfg(feature = "teams")]
use crate::blocking::TeamHandle;
use crate::blocking::{
    Items, OrganizationHandle, OrganizationUser, OrganizationUserHandle, ProjectHandle,
    ProjectUser, ProjectUserHandle, twin::twins,
};
use crate::error::Result;
#[cfg(feature = "teams")]
use crate::pythonic::ids::UserId;

twins! {
    impl OrganizationHandle {
        /// Its people, invited ones included.
        fn users() -> Items<OrganizationUser>;

        /// Invites somebody with these roles in the organization, such as `ORG_MEMBER`.
        fn invite_user(username: &str, roles: &[&str]) -> Result<OrganizationUser>;
    }

    impl OrganizationUserHandle {
        /// Fetches the user.
        fn get() -> Result<OrganizationUser>;

        /// Changes what a JSON document holds (`roles`, `teamIds`); it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<OrganizationUser>;

        /// Removes the user from the organization, or takes the invitation back.
        fn remove() -> Result<()>;

        /// Gives the user one more role in the organization.
        fn add_role(role: &str) -> Result<OrganizationUser>;

        /// Takes a role in the organization from the user.
        fn remove_role(role: &str) -> Result<OrganizationUser>;
    }

    impl ProjectHandle {
        /// The people who have access to it.
        fn users() -> Items<ProjectUser>;

        /// Gives somebody these roles in the project, such as `GROUP_READ_ONLY`; who does not
        /// belong to its organization is invited.
        fn add_user(username: &str, roles: &[&str]) -> Result<ProjectUser>;
    }

    impl ProjectUserHandle {
        /// Fetches the user.
        fn get() -> Result<ProjectUser>;

        /// Takes the user's access to the project.
        fn remove() -> Result<()>;

        /// Gives the user one more role in the project.
        fn add_role(role: &str) -> Result<ProjectUser>;

        /// Takes a role in the project from the user.
        fn remove_role(role: &str) -> Result<ProjectUser>;
    }

    #[cfg(feature = "teams")]
    impl TeamHandle {
        /// The people of the team.
        fn users() -> Items<OrganizationUser>;

        /// Adds somebody of the organization to the team.
        fn add_user(id: &UserId) -> Result<OrganizationUser>;

        /// Takes somebody out of the team.
        fn remove_user(id: &UserId) -> Result<OrganizationUser>;
    }
}
