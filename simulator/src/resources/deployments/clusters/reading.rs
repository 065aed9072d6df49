//! Reading a cluster from a request in the forms since 2023-02-01.

use serde_json::{Map, Value};

use super::regions;
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::resources::read_tags;
use crate::state::{
    ClusterChange, ClusterDraft, ClusterType, FIRST_PRIORITY, Region, Shard, ShardDraft,
    carried_attributes, default_disk_size,
};

const ENCRYPTION: [&str; 4] = ["NONE", "AWS", "AZURE", "GCP"];
const RELEASES: [&str; 2] = ["LTS", "CONTINUOUS"];
/// Which nodes a BI connector can read from; it is written in small letters as well.
const READ_FROM: [&str; 6] = [
    "PRIMARY",
    "SECONDARY",
    "ANALYTICS",
    "primary",
    "secondary",
    "analytics",
];
/// In which order the nodes of a replica set can be scaled.
const STRATEGIES: [&str; 3] = ["SEQUENTIAL", "WORKLOAD_TYPE", "NODE_TYPE"];
/// The parts of a region that say what nodes run on.
const KINDS: [&str; 3] = ["electableSpecs", "readOnlySpecs", "analyticsSpecs"];
/// The most shards a cluster can have.
pub(super) const MOST_SHARDS: u64 = 70;

/// A cluster to create.
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

/// What a request changes of a cluster with these shards.
pub(super) fn change(
    attributes: &Attributes<'_>,
    current: &[Shard],
) -> Result<ClusterChange, ApiError> {
    let specs = attributes.objects("replicationSpecs")?;
    let mut change = plain(attributes)?;
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
        let position = shards.iter().map(|it| it.count).sum::<usize>();
        let current = current.get(position).map(|it| it.regions.as_slice());
        shards.push(shard(spec, current.unwrap_or_default())?);
    }
    change.shards = Some(shards);
    if change.disk_size.is_none() {
        change.disk_size = specs
            .iter()
            .map(node_disk)
            .find_map(Result::transpose)
            .transpose()?;
    }
    Ok(change)
}

/// The fields that are the same in every form.
pub(super) fn plain(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
    let bi_connector = attributes.object("biConnector")?;
    Ok(ClusterChange {
        paused: attributes.boolean("paused")?,
        kind: attributes
            .word("clusterType", &ClusterType::WORDS)?
            .map(ClusterType::read),
        shards: None,
        disk_size: attributes.number("diskSizeGB")?,
        backup_enabled: attributes.boolean("backupEnabled")?,
        pit_enabled: attributes.boolean("pitEnabled")?,
        bi_connector_enabled: bi_connector
            .as_ref()
            .map(|it| it.boolean("enabled"))
            .transpose()?
            .flatten(),
        bi_connector_reads: bi_connector
            .map(|it| it.word("readPreference", &READ_FROM))
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
        carried: carried(attributes)?,
    })
}

/// The attributes that are only kept: as long as they are of the right type.
fn carried(attributes: &Attributes<'_>) -> Result<Map<String, Value>, ApiError> {
    let mut found = Map::new();
    for (name, default) in carried_attributes() {
        let value = match default {
            Value::Object(_) => attributes.object(&name)?.map(|it| it.document()),
            Value::Bool(_) => attributes.boolean(&name)?.map(Value::from),
            _ => attributes.text(&name)?.map(Value::from),
        };
        if let Some(value) = value {
            found.insert(name, value);
        }
    }
    Ok(found)
}

/// The disk that comes with the nodes of a draft.
pub(super) fn disk_size_of(shards: &[ShardDraft]) -> f64 {
    let region = shards.first().and_then(|shard| shard.regions.first());
    region.map_or(0.0, |region| default_disk_size(region.instance_size()))
}

/// The size of a node's disk, which later versions write beside the node.
fn node_disk(spec: &Attributes<'_>) -> Result<Option<f64>, ApiError> {
    for region in spec.objects("regionConfigs")?.unwrap_or_default() {
        for kind in KINDS {
            if let Some(nodes) = region.object(kind)?
                && let Some(size) = nodes.number("diskSizeGB")?
            {
                return Ok(Some(size));
            }
        }
    }
    Ok(None)
}

fn shard(spec: &Attributes<'_>, current: &[Region]) -> Result<ShardDraft, ApiError> {
    let configs = spec
        .objects("regionConfigs")?
        .filter(|configs| !configs.is_empty())
        .ok_or_else(|| ApiError::missing_attribute(&spec.name("regionConfigs")))?;
    // Regions without electable nodes can be more than there are priorities.
    let positions = (0..=FIRST_PRIORITY).rev().chain(std::iter::repeat(0));
    Ok(ShardDraft {
        zone_name: spec.text("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: shard_count(spec)?.unwrap_or(1),
        regions: configs
            .iter()
            .zip(positions)
            .map(|(config, position)| regions::region(config, position, current))
            .collect::<Result<_, _>>()?,
    })
}

/// `numShards`, within what a cluster can have.
pub(super) fn shard_count(attributes: &Attributes<'_>) -> Result<Option<usize>, ApiError> {
    let Some(count) = attributes.whole("numShards")? else {
        return Ok(None);
    };
    usize::try_from(count)
        .ok()
        .filter(|_| (1..=MOST_SHARDS).contains(&count))
        .map(Some)
        .ok_or_else(|| {
            ApiError::invalid_attribute(&attributes.name("numShards"), "between 1 and 70")
        })
}
