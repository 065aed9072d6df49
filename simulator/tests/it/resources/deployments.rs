//! Deployments: clusters, flex clusters, pauses and online archives.

mod cluster_validation;
mod clusters;
mod deletions;
mod flex_clusters;
mod hardware;
mod online_archives;
mod paused_clusters;
mod pausing;
mod regions;
