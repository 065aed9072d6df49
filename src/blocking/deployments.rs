//! Clusters, their backups and search indexes, without `async`.

#[cfg(feature = "cloud-backups")]
pub(super) mod backups;
pub(super) mod clusters;
pub(super) mod flex_clusters;
#[cfg(feature = "maintenance-windows")]
pub(super) mod maintenance;
pub(super) mod new_clusters;
#[cfg(feature = "atlas-search")]
pub(super) mod search_indexes;

#[cfg(feature = "cloud-backups")]
pub use backups::{
    RestoreJob, RestoreJobHandle, ShardedSnapshot, ShardedSnapshotHandle, Snapshot, SnapshotHandle,
};
pub use clusters::{Cluster, ClusterHandle};
pub use flex_clusters::{FlexCluster, FlexClusterHandle};
#[cfg(feature = "atlas-search")]
pub use search_indexes::{SearchIndex, SearchIndexHandle};
