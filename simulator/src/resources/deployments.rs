//! Clusters, and their search indexes, archives, sample data, outages and upgrades.

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
pub(crate) mod search;
pub(crate) mod stream_processors;
pub(crate) mod upgrades;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    clusters::ROUTES,
    clusters::access::ROUTES,
    clusters::encryption::ROUTES,
    clusters::failover::ROUTES,
    clusters::ip_addresses::ROUTES,
    flex_clusters::ROUTES,
    global_writes::ROUTES,
    mongodb_versions::ROUTES,
    online_archives::ROUTES,
    outages::ROUTES,
    process_arguments::ROUTES,
    regions::ROUTES,
    sample_datasets::ROUTES,
    search::deployments::ROUTES,
    search::fts_indexes::ROUTES,
    search::indexes::ROUTES,
    stream_processors::ROUTES,
    upgrades::ROUTES,
];
