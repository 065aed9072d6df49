//! Clusters and what belongs to them.

pub(crate) mod available_regions;
#[expect(clippy::module_inception, reason = "the file has the name of its noun")]
pub(crate) mod clusters;
pub(crate) mod connection_strings;
mod create;
mod delete;
mod list;
mod newest_form;
pub(crate) mod power;
pub(crate) mod target;
mod wait;
