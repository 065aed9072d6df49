//! Reading a cluster from a request in the form of v1.0, with `providerSettings`.

use super::reading::{CLOUDS, PROVIDERS, disk_size_of, instance_size, plain, shard_count};
use crate::attributes::Attributes;
use crate::error::ApiError;
use crate::state::{
    Cluster, ClusterChange, ClusterDraft, ClusterType, FIRST_PRIORITY, Nodes, Region, ShardDraft,
};

/// A cluster to create.
pub(super) fn draft(attributes: &Attributes<'_>) -> Result<ClusterDraft, ApiError> {
    let name = attributes.required_text("name")?.to_owned();
    attributes.required_object("providerSettings")?;
    let mut change = change(attributes, None)?;
    let shards = change.shards.take().unwrap_or_default();
    let default_type = match shards.iter().map(|it| it.count).sum() {
        0 | 1 => ClusterType::ReplicaSet,
        _ => ClusterType::Sharded,
    };
    let kind = change.kind.unwrap_or(default_type);
    let disk_size = change.disk_size.unwrap_or_else(|| disk_size_of(&shards));
    Ok(ClusterDraft {
        name,
        kind,
        shards,
        disk_size,
        change,
    })
}

/// What a request changes; `providerSettings` may name only some of the current ones.
pub(super) fn change(
    attributes: &Attributes<'_>,
    current: Option<&Cluster>,
) -> Result<ClusterChange, ApiError> {
    let mut change = plain(attributes)?;
    // This form has two kinds of backup, and the one that is left has the longer name.
    change.backup_enabled = attributes
        .boolean("providerBackupEnabled")?
        .or(change.backup_enabled);
    change.shards = shards(attributes, current)?;
    Ok(change)
}

fn shards(
    attributes: &Attributes<'_>,
    current: Option<&Cluster>,
) -> Result<Option<Vec<ShardDraft>>, ApiError> {
    let provider = attributes.object("providerSettings")?;
    let specs = attributes.objects("replicationSpecs")?;
    let count = shard_count(attributes)?;
    let electable = attributes.whole("replicationFactor")?;
    let scaling = attributes.object("autoScaling")?;
    let scales_disk = scaling
        .map(|it| it.boolean("diskGBEnabled"))
        .transpose()?
        .flatten();
    let nothing = provider.is_none() && specs.is_none() && scales_disk.is_none();
    if nothing && count.is_none() && electable.is_none() {
        return Ok(None);
    }

    let mut regions = regions(provider.as_ref(), current)?;
    for region in &mut regions {
        region.scales_disk = scales_disk.unwrap_or(region.scales_disk);
    }
    if let Some(first) = regions.first_mut() {
        first.nodes.electable = electable.unwrap_or(first.nodes.electable);
    }
    let Some(specs) = specs else {
        let count = count
            .or_else(|| current.map(|cluster| cluster.shards.len()))
            .unwrap_or(1);
        let zone = current.and_then(|cluster| cluster.shards.first());
        let zone_name = zone.map_or("Zone 1", |shard| &shard.zone_name).to_owned();
        return Ok(Some(vec![ShardDraft {
            zone_name,
            count,
            regions,
        }]));
    };
    specs
        .iter()
        .map(|spec| zone(spec, &regions))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// The regions of the current or the new cluster with what the request names in their place.
fn regions(
    provider: Option<&Attributes<'_>>,
    current: Option<&Cluster>,
) -> Result<Vec<Region>, ApiError> {
    let mut regions = match current.and_then(|cluster| cluster.shards.first()) {
        Some(shard) => shard.regions.clone(),
        None => vec![first_region(provider)?],
    };
    if let Some(provider) = provider {
        for region in &mut regions {
            overwrite(region, provider)?;
        }
    }
    Ok(regions)
}

/// The region of a new cluster, which has to name everything.
fn first_region(provider: Option<&Attributes<'_>>) -> Result<Region, ApiError> {
    let required = |field: &str| match provider.map(|it| it.required_text(field)) {
        Some(text) => text.map(str::to_owned),
        None => Err(ApiError::missing_attribute("providerSettings")),
    };
    let (provider, name) = (required("providerName")?, required("regionName")?);
    let size = required("instanceSizeName")?;
    Ok(Region::smallest(&provider, &name, &size))
}

fn overwrite(region: &mut Region, provider: &Attributes<'_>) -> Result<(), ApiError> {
    if let Some(name) = provider.word("providerName", &PROVIDERS)? {
        name.clone_into(&mut region.provider);
    }
    if let Some(name) = provider.word("backingProviderName", &CLOUDS)? {
        region.backing_provider = Some(name.to_owned());
    }
    if let Some(size) = instance_size(provider, "instanceSizeName")? {
        region.instance_size = size;
    }
    // With several regions it names the preferred one, which is the first.
    if let Some(name) = provider.text("regionName")?
        && region.priority == FIRST_PRIORITY
    {
        name.clone_into(&mut region.name);
    }
    Ok(())
}

/// A zone of this form: one entry a region, its name as the key.
fn zone(spec: &Attributes<'_>, regions: &[Region]) -> Result<ShardDraft, ApiError> {
    let mut found = Vec::new();
    for (name, config) in spec.required_object("regionsConfig")?.entries()? {
        let Some(template) = regions.first() else {
            continue;
        };
        found.push(Region {
            name: name.to_owned(),
            priority: config.whole("priority")?.unwrap_or(FIRST_PRIORITY),
            nodes: Nodes {
                electable: config.whole("electableNodes")?.unwrap_or(3),
                read_only: config.whole("readOnlyNodes")?.unwrap_or_default(),
                analytics: config.whole("analyticsNodes")?.unwrap_or_default(),
            },
            ..template.clone()
        });
    }
    found.sort_by_key(|region| std::cmp::Reverse(region.priority));
    Ok(ShardDraft {
        zone_name: spec.text("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: shard_count(spec)?.unwrap_or(1),
        regions: found,
    })
}
