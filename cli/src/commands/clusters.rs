//! Commands for clusters and resources that belong to a cluster.

mod advanced_settings;
pub(crate) mod available_regions;
#[expect(clippy::module_inception, reason = "the file has the name of its noun")]
pub(crate) mod clusters;
pub(crate) mod connection_strings;
mod indexes;
pub(crate) mod live_migrations;
mod online_archives;
mod sample_data;
mod search;
mod tags;
pub(crate) mod target;
mod update_request;
