//! Deployments: clusters, flex clusters, pauses, search indexes and online archives.

mod cluster_validation;
mod clusters;
mod deletions;
mod flex_clusters;
pub(crate) mod hardware;
mod online_archives;
mod paused_clusters;
mod pausing;
mod regions;
mod search_indexes;
