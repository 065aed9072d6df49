//! Validation of parsed clusters: topology, MongoDB version and disk size.
//!
//! Error codes are from Atlas's published list; cases without a published code use
//! `INVALID_CLUSTER_CONFIGURATION`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::state::{Cluster, ClusterChange, ClusterDraft, ClusterType, Region, ShardDraft};

/// The major versions of MongoDB, oldest first.
pub(crate) const VERSIONS: [&str; 5] = ["4.4", "5.0", "6.0", "7.0", "8.0"];
/// Valid numbers of electable nodes.
const VOTERS: [u64; 3] = [3, 5, 7];
/// Maximum disk size of a node, in gigabytes.
const MAX_DISK: f64 = 4096.0;

/// Rejects an invalid new cluster.
pub(super) fn check_draft(draft: &ClusterDraft) -> Result<(), ApiError> {
    check_shards(draft.kind, &draft.shards)?;
    check_disk(&draft.shards, draft.disk_size)?;
    check_version(draft.change.major_version.as_deref())
}

/// Rejects an invalid change of a cluster.
pub(super) fn check_change(
    attributes: &Attributes<'_>,
    change: &ClusterChange,
    current: &Cluster,
) -> Result<(), ApiError> {
    check_name(attributes, &current.name)?;
    let kind = change.kind.unwrap_or(current.kind);
    if kind == ClusterType::ReplicaSet && current.kind != ClusterType::ReplicaSet {
        return Err(rejected(
            "SHARDED_CLUSTER_CANT_BECOME_REPLICA_SET",
            "A cluster that has shards cannot become a replica set.",
            Vec::new(),
        ));
    }
    if let Some(shards) = &change.shards
        && (kind != current.kind || !is_unchanged(shards, current))
    {
        check_shards(kind, shards)?;
    }
    if let Some(size) = change.disk_size.filter(|_| !current.is_tenant()) {
        check_disk(change.shards.as_deref().unwrap_or_default(), size)?;
    }
    check_version(change.major_version.as_deref())?;
    let version = change.major_version.as_deref();
    if version.is_some_and(|version| age(version) < age(&current.settings.major_version)) {
        let detail = "A cluster cannot go back to an older version.";
        return Err(rejected("CLUSTER_UPGRADE_INVALID", detail, Vec::new()));
    }
    Ok(())
}

/// Rejects another name for a cluster.
pub(crate) fn check_name(attributes: &Attributes<'_>, current: &str) -> Result<(), ApiError> {
    match attributes.text("name")? {
        Some(name) if name != current => {
            let detail = "A cluster keeps its name.";
            Err(rejected("CLUSTER_CANNOT_CHANGE_NAME", detail, Vec::new()))
        }
        _ => Ok(()),
    }
}

/// Returns `true` if the shards equal those of the cluster, which are not validated again.
fn is_unchanged(shards: &[ShardDraft], current: &Cluster) -> bool {
    let regions = shards
        .iter()
        .flat_map(|shard| std::iter::repeat_n(&shard.regions, shard.count));
    regions.eq(current.shards.iter().map(|shard| &shard.regions))
}

fn check_shards(kind: ClusterType, shards: &[ShardDraft]) -> Result<(), ApiError> {
    let count: usize = shards.iter().map(|shard| shard.count).sum();
    if kind == ClusterType::ReplicaSet && count > 1 {
        return Err(not_valid(
            "A replica set has one entry of replicationSpecs.",
        ));
    }
    for shard in shards {
        if !shard.regions.iter().any(Region::is_tenant) {
            check_regions(&shard.regions)?;
        }
    }
    Ok(())
}

/// Checks that the regions of a shard are unique, with unique priorities and a valid number of
/// electable nodes.
fn check_regions(regions: &[Region]) -> Result<(), ApiError> {
    let names = regions
        .iter()
        .map(|region| (&region.provider, &region.name));
    if names.collect::<BTreeSet<_>>().len() < regions.len() {
        return Err(not_valid("Each region of a cloud can be there once."));
    }
    let electable = || regions.iter().filter(|region| region.electable.count > 0);
    let priorities: BTreeSet<_> = electable().map(|region| region.priority).collect();
    if priorities.len() < electable().count() {
        return Err(not_valid("Regions need priorities that differ."));
    }
    let voters = electable().map(|region| region.electable.count).sum();
    if !VOTERS.contains(&voters) {
        let detail = format!("There are {voters} electable nodes, and there have to be 3, 5 or 7.");
        return Err(rejected(
            "CLUSTER_REPLICATION_FACTOR_INVALID",
            detail,
            Vec::new(),
        ));
    }
    Ok(())
}

/// Checks the disk size of a dedicated cluster: whole gigabytes up to the maximum.
fn check_disk(shards: &[ShardDraft], size: f64) -> Result<(), ApiError> {
    let mut regions = shards.iter().flat_map(|shard| &shard.regions);
    if regions.any(Region::is_tenant) {
        return Ok(());
    }
    if size.fract() != 0.0 || !(1.0..=MAX_DISK).contains(&size) {
        let detail = format!("No node has a disk of {size} GB.");
        let parameters = vec![json!(size.to_string())];
        return Err(rejected("CLUSTER_DISK_SIZE_INVALID", detail, parameters));
    }
    Ok(())
}

fn check_version(version: Option<&str>) -> Result<(), ApiError> {
    match version {
        Some(version) if age(version).is_none() => {
            let detail = format!("No cluster runs version {version} of MongoDB.");
            let parameters = vec![json!(version)];
            Err(rejected("MONGODB_VERSION_INVALID", detail, parameters))
        }
        _ => Ok(()),
    }
}

/// Returns the position of a version in [`VERSIONS`].
fn age(version: &str) -> Option<usize> {
    VERSIONS.iter().position(|known| *known == version)
}

fn not_valid(detail: &str) -> ApiError {
    rejected("INVALID_CLUSTER_CONFIGURATION", detail, Vec::new())
}

fn rejected(code: &'static str, detail: impl Into<String>, parameters: Vec<Value>) -> ApiError {
    ApiError::rejected(400, code, detail, parameters)
}
