//! Modelled operations, by subject.

mod access;
mod backups;
mod billing;
mod data;
pub(crate) mod deployments;
mod monitoring;
mod networking;
mod organization;
