//! Validation of parsed clusters: names, topology, MongoDB version, disk size and auto-scaling.
//!
//! Cases without a published error code use `INVALID_CLUSTER_CONFIGURATION`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::scaling;
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::state::{
    Cluster, ClusterChange, ClusterDraft, ClusterType, Project, Region, ShardDraft, is_cluster_name,
};

/// The major versions of MongoDB, oldest first.
pub(crate) const MONGODB_VERSIONS: [&str; 5] = ["4.4", "5.0", "6.0", "7.0", "8.0"];
/// Valid numbers of electable nodes.
const ELECTABLE_COUNTS: [u64; 3] = [3, 5, 7];
/// Maximum disk size of a node, in gigabytes.
const MAX_DISK: f64 = 4096.0;
/// Maximum length of a cluster name.
const MAX_NAME_LENGTH: usize = 64;
/// Number of characters of a cluster name that its host names contain.
const NAME_PREFIX_LENGTH: usize = 23;
/// The message of the error for a second free cluster.
const FREE_CLUSTER_LIMIT: &str =
    "This project has reached the limit for the number of free clusters.";

/// Rejects an invalid new cluster.
pub(super) fn check_draft(project: &Project, draft: &ClusterDraft) -> Result<(), ApiError> {
    check_new_name(project, &draft.name)?;
    check_free_limit(project, draft)?;
    check_shards(draft.kind, &draft.shards)?;
    check_disk(&draft.shards, draft.disk_size)?;
    check_version(draft.change.major_version.as_deref())?;
    let regions = draft.shards.iter().flat_map(|shard| &shard.regions);
    check_read_preference(&draft.change, regions)
}

/// Rejects an invalid change to a cluster.
pub(super) fn check_change(
    attributes: &Attributes<'_>,
    change: &ClusterChange,
    current: &Cluster,
) -> Result<(), ApiError> {
    check_name(attributes, &current.name)?;
    let kind = change.kind.unwrap_or(current.kind);
    check_type(current.kind, kind)?;
    if let Some(shards) = &change.shards
        && (kind != current.kind || !is_unchanged(shards, current))
    {
        check_shards(kind, shards)?;
    }
    if let Some(size) = change.disk_size.filter(|_| !current.is_tenant()) {
        check_disk(change.shards.as_deref().unwrap_or_default(), size)?;
    }
    if let Some(shards) = &change.shards {
        let regions = shards.iter().flat_map(|shard| &shard.regions);
        check_read_preference(change, regions)?;
    } else {
        let regions = current.shards.iter().flat_map(|shard| &shard.regions);
        check_read_preference(change, regions)?;
    }
    check_version(change.major_version.as_deref())?;
    let version = change.major_version.as_deref();
    if version
        .is_some_and(|version| days_since(version) < days_since(&current.settings.major_version))
    {
        return Err(ApiError::from_code_without_parameters(
            "CLUSTER_UPGRADE_INVALID",
        ));
    }
    Ok(())
}

fn check_type(current: ClusterType, next: ClusterType) -> Result<(), ApiError> {
    let code = match (current, next) {
        (ClusterType::Sharded | ClusterType::GeoSharded, ClusterType::ReplicaSet) => {
            "SHARDED_CLUSTER_CANT_BECOME_REPLICA_SET"
        }
        (ClusterType::GeoSharded, ClusterType::Sharded) => "CANNOT_CHANGE_GEOSHARDED_CLUSTER_TYPE",
        _ => return Ok(()),
    };
    Err(ApiError::from_code_without_parameters(code))
}

/// Rejects a change to a cluster's name.
pub(crate) fn check_name(attributes: &Attributes<'_>, current: &str) -> Result<(), ApiError> {
    match attributes.string("name")? {
        Some(name) if name != current => Err(ApiError::from_code_without_parameters(
            "CLUSTER_CANNOT_CHANGE_NAME",
        )),
        _ => Ok(()),
    }
}

/// Rejects a name that leads to invalid or ambiguous host names. The project rejects invalid
/// characters and names in use.
pub(crate) fn check_new_name(project: &Project, name: &str) -> Result<(), ApiError> {
    if name.len() > MAX_NAME_LENGTH {
        let parameters = [Value::from(name), MAX_NAME_LENGTH.into()];
        return Err(ApiError::from_code("CLUSTER_NAME_TOO_LONG", parameters));
    }
    if !is_cluster_name(name) {
        return Ok(());
    }
    if is_reserved(name) {
        return Err(ApiError::from_code("ATLAS_RESERVED_CLUSTER_NAME", [name]));
    }
    let prefix = name_prefix(name);
    let dedicated = project.clusters.iter().map(|cluster| &cluster.name);
    let flex = project.flex_clusters.iter().map(|cluster| &cluster.name);
    let mut others = dedicated.chain(flex);
    let is_ambiguous = others.any(|other| other != name && self::name_prefix(other) == prefix);
    let is_cut = prefix.len() < name.len();
    if is_ambiguous || (is_cut && prefix.ends_with('-')) {
        let parameters = [
            Value::from(name),
            NAME_PREFIX_LENGTH.into(),
            Value::from(prefix),
        ];
        return Err(ApiError::from_code(
            "CLUSTER_NAME_PREFIX_INVALID",
            parameters,
        ));
    }
    Ok(())
}

fn name_prefix(name: &str) -> &str {
    name.get(..NAME_PREFIX_LENGTH).unwrap_or(name)
}

/// Returns `true` for the pattern of Atlas's internal host names.
fn is_reserved(name: &str) -> bool {
    name.strip_prefix("atlas-").is_some_and(|code| {
        code.len() == 6
            && code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Rejects a second free cluster in a project.
fn check_free_limit(project: &Project, draft: &ClusterDraft) -> Result<(), ApiError> {
    let mut regions = draft.shards.iter().flat_map(|shard| &shard.regions);
    if regions.any(Region::is_free) && project.clusters.iter().any(Cluster::is_free) {
        let code = "CANNOT_CREATE_FREE_CLUSTER_VIA_PUBLIC_API";
        return Err(ApiError::from_code(code, [FREE_CLUSTER_LIMIT]));
    }
    Ok(())
}

/// Returns `true` if the shards equal the cluster's shards and need no validation.
fn is_unchanged(shards: &[ShardDraft], current: &Cluster) -> bool {
    let regions = shards
        .iter()
        .flat_map(|shard| std::iter::repeat_n(&shard.regions, shard.count));
    regions.eq(current.shards.iter().map(|shard| &shard.regions))
}

fn check_shards(kind: ClusterType, shards: &[ShardDraft]) -> Result<(), ApiError> {
    let count: usize = shards.iter().map(|shard| shard.count).sum();
    if kind == ClusterType::ReplicaSet && count > 1 {
        return Err(invalid_configuration());
    }
    for shard in shards {
        let tenant = shard.regions.iter().find(|region| region.is_tenant());
        match tenant {
            Some(region) if kind != ClusterType::ReplicaSet => {
                let size = region.instance_size();
                return Err(ApiError::from_code("SHARDING_NOT_SUPPORTED", [size]));
            }
            Some(_) => {}
            None => check_regions(&shard.regions)?,
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
        return Err(invalid_configuration());
    }
    let electable = || regions.iter().filter(|region| region.electable.count > 0);
    let priorities: BTreeSet<_> = electable().map(|region| region.priority).collect();
    if priorities.len() < electable().count() {
        return Err(invalid_configuration());
    }
    let voters = electable().map(|region| region.electable.count).sum();
    if !ELECTABLE_COUNTS.contains(&voters) {
        let code = "CLUSTER_REPLICATION_FACTOR_INVALID";
        return Err(ApiError::from_code_without_parameters(code));
    }
    regions.iter().try_for_each(scaling::check)
}

/// Checks the disk size of a dedicated cluster: whole gigabytes up to the maximum.
fn check_disk(shards: &[ShardDraft], size: f64) -> Result<(), ApiError> {
    let mut regions = shards.iter().flat_map(|shard| &shard.regions);
    if regions.any(Region::is_tenant) {
        return Ok(());
    }
    if size.fract() != 0.0 {
        let parameters = [format!("{size:.1}")];
        return Err(ApiError::from_code(
            "CLUSTER_DISK_SIZE_NOT_WHOLE_NUMBER",
            parameters,
        ));
    }
    if !(1.0..=MAX_DISK).contains(&size) {
        let parameters = [size.to_string()];
        return Err(ApiError::from_code("CLUSTER_DISK_SIZE_INVALID", parameters));
    }
    Ok(())
}

/// Rejects reads of the BI connector from analytics nodes that do not exist.
fn check_read_preference<'a>(
    change: &ClusterChange,
    mut regions: impl Iterator<Item = &'a Region>,
) -> Result<(), ApiError> {
    let preference = change
        .bi_connector_read_preference
        .as_deref()
        .unwrap_or_default();
    if preference.eq_ignore_ascii_case("analytics")
        && !regions.any(|region| region.analytics.count > 0)
    {
        let code = "INVALID_BI_CONNECTOR_READ_PREFERENCE_FOR_TOPOLOGY";
        return Err(ApiError::from_code_without_parameters(code));
    }
    Ok(())
}

fn check_version(version: Option<&str>) -> Result<(), ApiError> {
    match version {
        Some(version) if days_since(version).is_none() => {
            Err(ApiError::from_code("MONGODB_VERSION_INVALID", [version]))
        }
        _ => Ok(()),
    }
}

/// Returns the position of a version in [`MONGODB_VERSIONS`].
fn days_since(version: &str) -> Option<usize> {
    MONGODB_VERSIONS.iter().position(|known| *known == version)
}

fn invalid_configuration() -> ApiError {
    ApiError::from_code_without_parameters("INVALID_CLUSTER_CONFIGURATION")
}
