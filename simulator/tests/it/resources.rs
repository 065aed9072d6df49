//! Modelled operations, by subject.

mod access;
mod backups;
mod billing;
mod data;
mod deployments;
mod monitoring;
mod organization;
