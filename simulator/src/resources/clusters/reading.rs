//! Reading a cluster from a request in the forms since 2023-02-01.

use serde_json::{Map, Value};

use crate::attributes::Attributes;
use crate::document::Document;
use crate::error::ApiError;
use crate::resources::read_tags;
use crate::state::{
    ClusterChange, ClusterDraft, ClusterType, FIRST_PRIORITY, Nodes, Region, ShardDraft,
    carried_attributes, default_disk_size,
};

pub(super) const PROVIDERS: [&str; 4] = ["AWS", "AZURE", "GCP", "TENANT"];
pub(in crate::resources) const CLOUDS: [&str; 3] = ["AWS", "AZURE", "GCP"];
const ENCRYPTION: [&str; 4] = ["NONE", "AWS", "AZURE", "GCP"];
const RELEASES: [&str; 2] = ["LTS", "CONTINUOUS"];
/// The schema that lists the instance sizes of dedicated clusters.
const SIZES: &str = "BaseCloudProviderInstanceSize";
/// The most shards a cluster can have.
pub(super) const MOST_SHARDS: u64 = 70;

/// A cluster to create.
pub(super) fn draft(attributes: &Attributes<'_>) -> Result<ClusterDraft, ApiError> {
    let name = attributes.required_text("name")?.to_owned();
    let mut change = change(attributes)?;
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

/// What a request changes.
pub(super) fn change(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
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
    change.shards = Some(specs.iter().map(shard).collect::<Result<_, _>>()?);
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
            .map(|it| it.boolean("enabled"))
            .transpose()?
            .flatten(),
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
    region.map_or(0.0, |region| default_disk_size(&region.instance_size))
}

/// The size of a node's disk, which later versions write beside the node.
fn node_disk(spec: &Attributes<'_>) -> Result<Option<f64>, ApiError> {
    for region in spec.objects("regionConfigs")?.unwrap_or_default() {
        if let Some(nodes) = region.object("electableSpecs")?
            && let Some(size) = nodes.number("diskSizeGB")?
        {
            return Ok(Some(size));
        }
    }
    Ok(None)
}

fn shard(spec: &Attributes<'_>) -> Result<ShardDraft, ApiError> {
    let configs = spec
        .objects("regionConfigs")?
        .filter(|configs| !configs.is_empty())
        .ok_or_else(|| ApiError::missing_attribute(&spec.name("regionConfigs")))?;
    let priorities = (0..=FIRST_PRIORITY).rev();
    Ok(ShardDraft {
        zone_name: spec.text("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: shard_count(spec)?.unwrap_or(1),
        regions: configs
            .iter()
            .zip(priorities)
            .map(|(config, priority)| region(config, priority))
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

fn region(config: &Attributes<'_>, priority: u64) -> Result<Region, ApiError> {
    let provider = config
        .word("providerName", &PROVIDERS)?
        .ok_or_else(|| ApiError::missing_attribute(&config.name("providerName")))?;
    let electable = config.required_object("electableSpecs")?;
    let count = |field: &str| match config.object(field)? {
        Some(nodes) => Ok(nodes.whole("nodeCount")?.unwrap_or_default()),
        None => Ok::<_, ApiError>(0),
    };
    let scaling = config.object("autoScaling")?;
    let scales = |field: &str| match scaling.as_ref().map(|it| it.object(field)).transpose()? {
        Some(Some(part)) => Ok(part.boolean("enabled")?.unwrap_or_default()),
        Some(None) | None => Ok::<_, ApiError>(false),
    };
    Ok(Region {
        provider: provider.to_owned(),
        backing_provider: config
            .word("backingProviderName", &CLOUDS)?
            .map(str::to_owned),
        name: config.required_text("regionName")?.to_owned(),
        priority: config.whole("priority")?.unwrap_or(priority),
        instance_size: instance_size(&electable, "instanceSize")?
            .ok_or_else(|| ApiError::missing_attribute(&electable.name("instanceSize")))?,
        nodes: Nodes {
            electable: electable.whole("nodeCount")?.unwrap_or(3),
            read_only: count("readOnlySpecs")?,
            analytics: count("analyticsSpecs")?,
        },
        scales_disk: scales("diskGB")?,
        scales_compute: scales("compute")?,
    })
}

/// Whether there is an instance size of this name, such as `M0`, `R40` or `M40_NVME_GEN_2`.
pub(crate) fn is_instance_size(name: &str) -> bool {
    let is_shared = matches!(name, "M0" | "M2" | "M5");
    let document = Document::vendored();
    is_shared || document.is_ok_and(|it| it.schemas().has_word(SIZES, name))
}

/// An instance size of a request.
pub(super) fn instance_size(
    attributes: &Attributes<'_>,
    field: &str,
) -> Result<Option<String>, ApiError> {
    let Some(size) = attributes.text(field)? else {
        return Ok(None);
    };
    if !is_instance_size(size) {
        let expected = "an instance size such as M10";
        return Err(ApiError::invalid_attribute(
            &attributes.name(field),
            expected,
        ));
    }
    Ok(Some(size.to_owned()))
}
