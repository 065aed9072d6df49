//! Modelled operations, by subject.

mod access;
mod backups;
mod billing;
pub(crate) mod deployments;
mod monitoring;
mod networking;
mod organization;
