//! Deployments: clusters, flex clusters, pauses, search indexes and online archives.

mod cluster_access;
mod cluster_names;
mod cluster_validation;
mod clusters;
mod deletions;
mod effective_specs;
mod flex_clusters;
pub(crate) mod hardware;
mod online_archives;
mod paused_clusters;
mod pausing;
mod regions;
mod search_index_versions;
mod search_indexes;
mod sharded_clusters;
