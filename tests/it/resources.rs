//! The resources of the facade.

mod access;
mod deployments;
mod monitoring;
mod organization;
