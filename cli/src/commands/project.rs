//! Commands for the settings of a project: features, maintenance window, third-party integrations.

pub(crate) mod integrations;
pub(crate) mod maintenance_windows;
pub(crate) mod settings;
