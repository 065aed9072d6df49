//! The resources of the facade.

mod access;
mod deployments;
mod handles;
mod monitoring;
mod organization;
