//! Clusters, their backups and search indexes.

#[cfg(feature = "cloud-backups")]
pub(crate) mod backups;
pub(crate) mod cluster_path;
pub(crate) mod clusters;
pub(crate) mod flex_clusters;
#[cfg(feature = "maintenance-windows")]
pub(crate) mod maintenance;
pub(crate) mod new_clusters;
#[cfg(feature = "atlas-search")]
pub(crate) mod search_indexes;
pub(crate) mod state;
