//! Parses the clusters of the API versions since 2023-02-01.

use serde_json::{Map, Value};

use super::region_parsing;
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::resources::read_tags;
use crate::state::{
    ClusterChange, ClusterDraft, ClusterType, HIGHEST_PRIORITY, Region, Shard, ShardDraft,
    default_disk_size, passthrough_defaults,
};

const ENCRYPTION_PROVIDERS: [&str; 4] = ["NONE", "AWS", "AZURE", "GCP"];
const RELEASE_SYSTEMS: [&str; 2] = ["LTS", "CONTINUOUS"];
/// Read preferences of the BI connector, in upper case and in lower case.
const READ_PREFERENCES: [&str; 6] = [
    "PRIMARY",
    "SECONDARY",
    "ANALYTICS",
    "primary",
    "secondary",
    "analytics",
];
/// Orders in which the nodes of a replica set are scaled.
const SCALING_STRATEGIES: [&str; 3] = ["SEQUENTIAL", "WORKLOAD_TYPE", "NODE_TYPE"];
/// Fields of a region that contain the hardware of its nodes.
const HARDWARE_FIELDS: [&str; 3] = ["electableSpecs", "readOnlySpecs", "analyticsSpecs"];
/// Maximum number of shards of a cluster.
pub(super) const MAX_SHARDS: u64 = 70;

/// Parses a new cluster.
pub(super) fn parse_draft(attributes: &Attributes<'_>) -> Result<ClusterDraft, ApiError> {
    let name = attributes.required_string("name")?.to_owned();
    let mut change = parse_change(attributes, &[])?;
    let shards = change
        .shards
        .take()
        .ok_or_else(|| ApiError::missing_attribute("replicationSpecs"))?;
    let kind = change
        .kind
        .ok_or_else(|| ApiError::missing_attribute("clusterType"))?;
    let disk_size = change.disk_size.unwrap_or_else(|| disk_size_of(&shards));
    Ok(ClusterDraft {
        name,
        kind,
        shards,
        disk_size,
        change,
    })
}

/// Parses a change to a cluster whose shards are `current`.
pub(super) fn parse_change(
    attributes: &Attributes<'_>,
    current: &[Shard],
) -> Result<ClusterChange, ApiError> {
    let specs = attributes.objects("replicationSpecs")?;
    let mut change = parse_settings(attributes)?;
    let Some(specs) = specs else {
        return Ok(change);
    };
    if specs.is_empty() {
        return Err(ApiError::invalid_attribute(
            "replicationSpecs",
            "a list of shards",
        ));
    }
    let mut shards: Vec<ShardDraft> = Vec::new();
    for spec in &specs {
        let position = shards.iter().map(|shard| shard.count).sum::<usize>();
        let current = current.get(position).map(|shard| shard.regions.as_slice());
        shards.push(parse_shard(spec, current.unwrap_or_default())?);
    }
    change.shards = Some(shards);
    if change.disk_size.is_none() {
        change.disk_size = find_node_disk_size(&specs)?;
    }
    Ok(change)
}

/// Parses the fields that are common to all API versions.
pub(super) fn parse_settings(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
    let bi_connector = attributes.object("biConnector")?;
    Ok(ClusterChange {
        paused: attributes.boolean("paused")?,
        kind: attributes
            .enum_value("clusterType", &ClusterType::API_NAMES)?
            .map(ClusterType::parse),
        shards: None,
        disk_size: attributes.number("diskSizeGB")?,
        backup_enabled: attributes.boolean("backupEnabled")?,
        pit_enabled: attributes.boolean("pitEnabled")?,
        bi_connector_enabled: bi_connector
            .as_ref()
            .map(|connector| connector.boolean("enabled"))
            .transpose()?
            .flatten(),
        bi_connector_read_preference: bi_connector
            .map(|connector| connector.enum_value("readPreference", &READ_PREFERENCES))
            .transpose()?
            .flatten()
            .map(str::to_owned),
        scaling_strategy: attributes
            .enum_value("replicaSetScalingStrategy", &SCALING_STRATEGIES)?
            .map(str::to_owned),
        encryption_provider: attributes
            .enum_value("encryptionAtRestProvider", &ENCRYPTION_PROVIDERS)?
            .map(str::to_owned),
        labels: read_tags(attributes, "labels")?,
        major_version: attributes.string("mongoDBMajorVersion")?.map(str::to_owned),
        tags: read_tags(attributes, "tags")?,
        termination_protection: attributes.boolean("terminationProtectionEnabled")?,
        version_release_system: attributes
            .enum_value("versionReleaseSystem", &RELEASE_SYSTEMS)?
            .map(str::to_owned),
        passthrough: parse_passthrough(attributes)?,
        optional: parse_optional_attributes(attributes)?,
        has_other_fields: attributes.has_fields_except("paused"),
        is_hardware_fixed: false,
    })
}

/// Parses the passthrough attributes and checks their types.
fn parse_passthrough(attributes: &Attributes<'_>) -> Result<Map<String, Value>, ApiError> {
    let mut values = Map::new();
    for (name, default) in passthrough_defaults() {
        let value = match default {
            Value::Object(_) => attributes.object(&name)?.map(|object| object.document()),
            Value::Bool(_) => attributes.boolean(&name)?.map(Value::from),
            _ => attributes.string(&name)?.map(Value::from),
        };
        if let Some(value) = value {
            values.insert(name, value);
        }
    }
    Ok(values)
}

/// Parses the attributes that are absent from some responses.
fn parse_optional_attributes(attributes: &Attributes<'_>) -> Result<Map<String, Value>, ApiError> {
    let mut values = Map::new();
    for (name, words) in [
        ("adaptiveCapacity", ["ENABLED", "DISABLED"]),
        (
            "configServerManagementMode",
            ["ATLAS_MANAGED", "FIXED_TO_DEDICATED"],
        ),
    ] {
        if let Some(word) = attributes.enum_value(name, &words)? {
            values.insert(name.to_owned(), word.into());
        }
    }
    let initial_sync = "useAwsTimeBasedSnapshotCopyForFastInitialSync";
    if let Some(value) = attributes.boolean(initial_sync)? {
        values.insert(initial_sync.to_owned(), value.into());
    }
    let reconfiguration = "acceptDataRisksAndForceReplicaSetReconfig";
    if let Some(date) = attributes.string(reconfiguration)? {
        values.insert(reconfiguration.to_owned(), date.into());
    }
    Ok(values)
}

/// Returns the default disk size for the instance size of the first region.
pub(super) fn disk_size_of(shards: &[ShardDraft]) -> f64 {
    let region = shards.first().and_then(|shard| shard.regions.first());
    region.map_or(0.0, |region| default_disk_size(region.instance_size()))
}

/// Returns the disk size from the node specs, where newer API versions have it.
fn find_node_disk_size(specs: &[Attributes<'_>]) -> Result<Option<f64>, ApiError> {
    let mut disk_size: Option<f64> = None;
    for spec in specs {
        for region in spec.objects("regionConfigs")?.unwrap_or_default() {
            for kind in HARDWARE_FIELDS {
                let Some(size) = region.object(kind)?.map(|nodes| parse_node_disk(&nodes)) else {
                    continue;
                };
                let size = size?;
                if disk_size.is_some() && size.is_some() && disk_size != size {
                    return Err(ApiError::from_code_without_parameters(
                        "DISK_SIZE_GB_INCONSISTENT",
                    ));
                }
                disk_size = disk_size.or(size);
            }
        }
    }
    Ok(disk_size)
}

/// Returns the disk size of at least one node.
fn parse_node_disk(nodes: &Attributes<'_>) -> Result<Option<f64>, ApiError> {
    let size = nodes.number("diskSizeGB")?;
    Ok(size.filter(|_| nodes.integer("nodeCount").ok().flatten() != Some(0)))
}

fn parse_shard(spec: &Attributes<'_>, current: &[Region]) -> Result<ShardDraft, ApiError> {
    let configs = spec
        .objects("regionConfigs")?
        .filter(|configs| !configs.is_empty())
        .ok_or_else(|| ApiError::missing_attribute(&spec.name("regionConfigs")))?;
    // There can be more regions than priorities if some regions have no electable nodes.
    let positions = (0..=HIGHEST_PRIORITY).rev().chain(std::iter::repeat(0));
    Ok(ShardDraft {
        zone_name: spec.string("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: parse_shard_count(spec)?.unwrap_or(1),
        regions: configs
            .iter()
            .zip(positions)
            .map(|(config, position)| region_parsing::parse_region(config, position, current))
            .collect::<Result<_, _>>()?,
    })
}

/// Parses and checks `numShards`.
pub(super) fn parse_shard_count(attributes: &Attributes<'_>) -> Result<Option<usize>, ApiError> {
    let Some(count) = attributes.integer("numShards")? else {
        return Ok(None);
    };
    usize::try_from(count)
        .ok()
        .filter(|_| (1..=MAX_SHARDS).contains(&count))
        .map(Some)
        .ok_or_else(|| ApiError::from_code("CLUSTER_NUM_SHARDS_INVALID", [MAX_SHARDS.to_string()]))
}
