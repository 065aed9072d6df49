//! Parses clusters in the forms since 2023-02-01.

use serde_json::{Map, Value};

use super::region_parsing;
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::resources::read_tags;
use crate::state::{
    ClusterChange, ClusterDraft, ClusterType, HIGHEST_PRIORITY, Region, Shard, ShardDraft,
    default_disk_size, passthrough_defaults,
};

const ENCRYPTION: [&str; 4] = ["NONE", "AWS", "AZURE", "GCP"];
const RELEASES: [&str; 2] = ["LTS", "CONTINUOUS"];
/// Read preferences of the BI connector, in both cases.
const READ_PREFERENCES: [&str; 6] = [
    "PRIMARY",
    "SECONDARY",
    "ANALYTICS",
    "primary",
    "secondary",
    "analytics",
];
/// Orders in which the nodes of a replica set are scaled.
const STRATEGIES: [&str; 3] = ["SEQUENTIAL", "WORKLOAD_TYPE", "NODE_TYPE"];
/// Fields of a region with the hardware of its nodes.
const KINDS: [&str; 3] = ["electableSpecs", "readOnlySpecs", "analyticsSpecs"];
/// Maximum number of shards of a cluster.
pub(super) const MAX_SHARDS: u64 = 70;

/// Parses a new cluster.
pub(super) fn draft(attributes: &Attributes<'_>) -> Result<ClusterDraft, ApiError> {
    let name = attributes.required_text("name")?.to_owned();
    let mut change = change(attributes, &[])?;
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

/// Parses a change of a cluster with the shards `current`.
pub(super) fn change(
    attributes: &Attributes<'_>,
    current: &[Shard],
) -> Result<ClusterChange, ApiError> {
    let specs = attributes.objects("replicationSpecs")?;
    let mut change = settings(attributes)?;
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
        change.disk_size = node_disk_size(&specs)?;
    }
    Ok(change)
}

/// Parses the fields that are the same in every form.
pub(super) fn settings(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
    let bi_connector = attributes.object("biConnector")?;
    Ok(ClusterChange {
        paused: attributes.boolean("paused")?,
        kind: attributes
            .word("clusterType", &ClusterType::NAMES)?
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
        bi_connector_reads: bi_connector
            .map(|connector| connector.word("readPreference", &READ_PREFERENCES))
            .transpose()?
            .flatten()
            .map(str::to_owned),
        scaling_strategy: attributes
            .word("replicaSetScalingStrategy", &STRATEGIES)?
            .map(str::to_owned),
        encryption_provider: attributes
            .word("encryptionAtRestProvider", &ENCRYPTION)?
            .map(str::to_owned),
        labels: read_tags(attributes, "labels")?,
        major_version: attributes.text("mongoDBMajorVersion")?.map(str::to_owned),
        tags: read_tags(attributes, "tags")?,
        termination_protection: attributes.boolean("terminationProtectionEnabled")?,
        version_release_system: attributes
            .word("versionReleaseSystem", &RELEASES)?
            .map(str::to_owned),
        passthrough: passthrough(attributes)?,
        optional: optional(attributes)?,
        has_other_fields: attributes.has_other_than("paused"),
        keeps_hardware: false,
    })
}

/// Parses the passthrough attributes, whose types are checked.
fn passthrough(attributes: &Attributes<'_>) -> Result<Map<String, Value>, ApiError> {
    let mut found = Map::new();
    for (name, default) in passthrough_defaults() {
        let value = match default {
            Value::Object(_) => attributes.object(&name)?.map(|object| object.document()),
            Value::Bool(_) => attributes.boolean(&name)?.map(Value::from),
            _ => attributes.text(&name)?.map(Value::from),
        };
        if let Some(value) = value {
            found.insert(name, value);
        }
    }
    Ok(found)
}

/// Parses the attributes that only some responses have.
fn optional(attributes: &Attributes<'_>) -> Result<Map<String, Value>, ApiError> {
    let mut found = Map::new();
    for (name, words) in [
        ("adaptiveCapacity", ["ENABLED", "DISABLED"]),
        (
            "configServerManagementMode",
            ["ATLAS_MANAGED", "FIXED_TO_DEDICATED"],
        ),
    ] {
        if let Some(word) = attributes.word(name, &words)? {
            found.insert(name.to_owned(), word.into());
        }
    }
    let initial_sync = "useAwsTimeBasedSnapshotCopyForFastInitialSync";
    if let Some(value) = attributes.boolean(initial_sync)? {
        found.insert(initial_sync.to_owned(), value.into());
    }
    let reconfiguration = "acceptDataRisksAndForceReplicaSetReconfig";
    if let Some(date) = attributes.text(reconfiguration)? {
        found.insert(reconfiguration.to_owned(), date.into());
    }
    Ok(found)
}

/// Returns the default disk size of the first region.
pub(super) fn disk_size_of(shards: &[ShardDraft]) -> f64 {
    let region = shards.first().and_then(|shard| shard.regions.first());
    region.map_or(0.0, |region| default_disk_size(region.instance_size()))
}

/// Returns the disk size of all nodes; newer versions have it in the node specs.
fn node_disk_size(specs: &[Attributes<'_>]) -> Result<Option<f64>, ApiError> {
    let mut found: Option<f64> = None;
    for spec in specs {
        for region in spec.objects("regionConfigs")?.unwrap_or_default() {
            for kind in KINDS {
                let Some(size) = region.object(kind)?.map(|nodes| disk_of_nodes(&nodes)) else {
                    continue;
                };
                let size = size?;
                if found.is_some() && size.is_some() && found != size {
                    return Err(ApiError::published_plain("DISK_SIZE_GB_INCONSISTENT"));
                }
                found = found.or(size);
            }
        }
    }
    Ok(found)
}

/// Returns the disk size of at least one node.
fn disk_of_nodes(nodes: &Attributes<'_>) -> Result<Option<f64>, ApiError> {
    let size = nodes.number("diskSizeGB")?;
    Ok(size.filter(|_| nodes.whole("nodeCount").ok().flatten() != Some(0)))
}

fn parse_shard(spec: &Attributes<'_>, current: &[Region]) -> Result<ShardDraft, ApiError> {
    let configs = spec
        .objects("regionConfigs")?
        .filter(|configs| !configs.is_empty())
        .ok_or_else(|| ApiError::missing_attribute(&spec.name("regionConfigs")))?;
    // There can be more regions than priorities, if some have no electable nodes.
    let positions = (0..=HIGHEST_PRIORITY).rev().chain(std::iter::repeat(0));
    Ok(ShardDraft {
        zone_name: spec.text("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: shard_count(spec)?.unwrap_or(1),
        regions: configs
            .iter()
            .zip(positions)
            .map(|(config, position)| region_parsing::parse_region(config, position, current))
            .collect::<Result<_, _>>()?,
    })
}

/// Parses and checks `numShards`.
pub(super) fn shard_count(attributes: &Attributes<'_>) -> Result<Option<usize>, ApiError> {
    let Some(count) = attributes.whole("numShards")? else {
        return Ok(None);
    };
    usize::try_from(count)
        .ok()
        .filter(|_| (1..=MAX_SHARDS).contains(&count))
        .map(Some)
        .ok_or_else(|| ApiError::published("CLUSTER_NUM_SHARDS_INVALID", [MAX_SHARDS.to_string()]))
}
