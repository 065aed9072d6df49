//! Clusters and what belongs to them.

#[cfg(feature = "facade")]
mod backups;
mod clusters;
mod flex_clusters;
#[cfg(feature = "facade")]
mod maintenance;
#[cfg(feature = "facade")]
mod search_indexes;
