//! Commands for organizations, projects and invitations.

mod invitations;
pub(crate) mod organizations;
pub(crate) mod projects;
