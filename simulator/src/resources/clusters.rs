//! Clusters and what belongs to one: search, archives, sample data, outages, upgrades.

#[expect(
    clippy::module_inception,
    reason = "a noun has one file name in the whole workspace"
)]
pub(crate) mod clusters;
pub(crate) mod deletions;
pub(crate) mod flex_clusters;
pub(crate) mod global_writes;
pub(crate) mod mongodb_versions;
pub(crate) mod online_archives;
pub(crate) mod outages;
pub(crate) mod pausing;
pub(crate) mod process_arguments;
pub(crate) mod regions;
pub(crate) mod sample_datasets;
pub(crate) mod search_deployments;
pub(crate) mod search_indexes;
pub(crate) mod stream_processors;
pub(crate) mod upgrades;
