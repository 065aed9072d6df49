//! The resources of the facade.

mod access;
mod deployments;
#[cfg(feature = "facade")]
mod handles;
mod monitoring;
mod organization;
