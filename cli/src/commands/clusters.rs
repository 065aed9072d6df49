//! Clusters and what belongs to them.

mod advanced_settings;
pub(crate) mod available_regions;
#[expect(clippy::module_inception, reason = "the file has the name of its noun")]
pub(crate) mod clusters;
pub(crate) mod connection_strings;
mod create;
pub(crate) mod delete;
mod edit;
mod list;
mod newest_form;
pub(crate) mod power;
mod scale;
mod tags;
pub(crate) mod target;
mod wait;
