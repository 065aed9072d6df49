//! Commands that work on this machine, and `api`.

pub(crate) mod api;
pub(crate) mod completion;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod help;
pub(crate) mod profile;
pub(crate) mod roles;
pub(crate) mod runs;
pub(crate) mod simulator;
