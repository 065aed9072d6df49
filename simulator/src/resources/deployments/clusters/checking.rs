//! What Atlas refuses of a cluster that is well-formed: shapes, versions and disks it does not have.
//!
//! Codes are those that the service lists for its errors. Where it lists none for a case, it is that
//! of configurations which are not valid.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::state::{Cluster, ClusterChange, ClusterDraft, ClusterType, Region, ShardDraft};

/// The versions that clusters run, oldest first.
pub(crate) const VERSIONS: [&str; 5] = ["4.4", "5.0", "6.0", "7.0", "8.0"];
/// How many nodes can vote for a primary.
const VOTERS: [u64; 3] = [3, 5, 7];
/// The largest disk of a node, in gigabytes.
const LARGEST_DISK: f64 = 4096.0;

/// Refuses a cluster that cannot be created.
pub(super) fn check_draft(draft: &ClusterDraft) -> Result<(), ApiError> {
    check_shards(draft.kind, &draft.shards)?;
    check_disk(&draft.shards, draft.disk_size)?;
    check_version(draft.change.major_version.as_deref())
}

/// Refuses a change that cannot be made to a cluster.
pub(super) fn check_change(
    attributes: &Attributes<'_>,
    change: &ClusterChange,
    current: &Cluster,
) -> Result<(), ApiError> {
    check_name(attributes, &current.name)?;
    let kind = change.kind.unwrap_or(current.kind);
    if kind == ClusterType::ReplicaSet && current.kind != ClusterType::ReplicaSet {
        return Err(refused(
            "SHARDED_CLUSTER_CANT_BECOME_REPLICA_SET",
            "A cluster that has shards cannot become a replica set.",
            Vec::new(),
        ));
    }
    if let Some(shards) = &change.shards
        && (kind != current.kind || !is_as_before(shards, current))
    {
        check_shards(kind, shards)?;
    }
    if let Some(size) = change.disk_size.filter(|_| !current.is_tenant()) {
        check_disk(change.shards.as_deref().unwrap_or_default(), size)?;
    }
    check_version(change.major_version.as_deref())?;
    let wanted = change.major_version.as_deref();
    if wanted.is_some_and(|it| age(it) < age(&current.settings.major_version)) {
        let detail = "A cluster cannot go back to an older version.";
        return Err(refused("CLUSTER_UPGRADE_INVALID", detail, Vec::new()));
    }
    Ok(())
}

/// Refuses another name for a cluster of any kind.
pub(crate) fn check_name(attributes: &Attributes<'_>, current: &str) -> Result<(), ApiError> {
    match attributes.text("name")? {
        Some(name) if name != current => {
            let detail = "A cluster keeps its name.";
            Err(refused("CLUSTER_CANNOT_CHANGE_NAME", detail, Vec::new()))
        }
        _ => Ok(()),
    }
}

/// Whether shards are those that a cluster has, which are not judged again.
fn is_as_before(shards: &[ShardDraft], current: &Cluster) -> bool {
    let asked = shards
        .iter()
        .flat_map(|it| std::iter::repeat_n(&it.regions, it.count));
    asked.eq(current.shards.iter().map(|it| &it.regions))
}

fn check_shards(kind: ClusterType, shards: &[ShardDraft]) -> Result<(), ApiError> {
    let count: usize = shards.iter().map(|it| it.count).sum();
    if kind == ClusterType::ReplicaSet && count > 1 {
        return Err(not_valid(
            "A replica set has one entry of replicationSpecs.",
        ));
    }
    let dedicated = shards.iter().map(|it| it.regions.as_slice());
    for regions in dedicated.filter(|it| !it.iter().any(Region::is_tenant)) {
        check_regions(regions)?;
    }
    Ok(())
}

/// The regions of one shard: each once, in an order, and with a number of voters that can decide.
fn check_regions(regions: &[Region]) -> Result<(), ApiError> {
    let places = regions.iter().map(|it| (&it.provider, &it.name));
    if places.collect::<BTreeSet<_>>().len() < regions.len() {
        return Err(not_valid("Each region of a cloud can be there once."));
    }
    let electable = || regions.iter().filter(|it| it.electable.count > 0);
    let priorities: BTreeSet<_> = electable().map(|it| it.priority).collect();
    if priorities.len() < electable().count() {
        return Err(not_valid("Regions need priorities that differ."));
    }
    let voters = electable().map(|it| it.electable.count).sum();
    if !VOTERS.contains(&voters) {
        let detail = format!("There are {voters} electable nodes, and there have to be 3, 5 or 7.");
        return Err(refused(
            "CLUSTER_REPLICATION_FACTOR_INVALID",
            detail,
            Vec::new(),
        ));
    }
    Ok(())
}

/// A disk of whole gigabytes, as large as there are; slices of servers come with theirs.
fn check_disk(shards: &[ShardDraft], size: f64) -> Result<(), ApiError> {
    let mut regions = shards.iter().flat_map(|it| &it.regions);
    if regions.any(Region::is_tenant) {
        return Ok(());
    }
    if size.fract() != 0.0 || !(1.0..=LARGEST_DISK).contains(&size) {
        let detail = format!("No node has a disk of {size} GB.");
        let parameters = vec![json!(size.to_string())];
        return Err(refused("CLUSTER_DISK_SIZE_INVALID", detail, parameters));
    }
    Ok(())
}

fn check_version(version: Option<&str>) -> Result<(), ApiError> {
    match version {
        Some(version) if age(version).is_none() => {
            let detail = format!("No cluster runs version {version} of MongoDB.");
            let parameters = vec![json!(version)];
            Err(refused("MONGODB_VERSION_INVALID", detail, parameters))
        }
        _ => Ok(()),
    }
}

/// How new a version is.
fn age(version: &str) -> Option<usize> {
    VERSIONS.iter().position(|it| *it == version)
}

fn not_valid(detail: &str) -> ApiError {
    refused("INVALID_CLUSTER_CONFIGURATION", detail, Vec::new())
}

fn refused(code: &'static str, detail: impl Into<String>, parameters: Vec<Value>) -> ApiError {
    ApiError::rejected(400, code, detail, parameters)
}
