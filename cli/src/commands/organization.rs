//! Organizations and projects.

pub(crate) mod organizations;
pub(crate) mod projects;
