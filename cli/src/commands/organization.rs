//! Organizations and projects.

mod invitations;
pub(crate) mod organizations;
pub(crate) mod projects;
