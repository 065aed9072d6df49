//! Reading a cluster from a request in the form of v1.0, with `providerSettings`.

use super::clouds;
use super::clouds::{CLOUDS, PROVIDERS};
use super::reading::{disk_size_of, plain, shard_count};
use super::regions::{VOLUMES, limit, switch};
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::state::{
    Cluster, ClusterChange, ClusterDraft, ClusterType, FIRST_PRIORITY, Hardware, Region, Scaling,
    ShardDraft,
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
    let nothing = provider.is_none() && specs.is_none() && scaling.is_none();
    if nothing && count.is_none() && electable.is_none() {
        return Ok(None);
    }

    let mut regions = regions(provider.as_ref(), specs.is_some(), current)?;
    if let Some(scaling) = scaling {
        for region in &mut regions {
            scale(&mut region.scaling, &scaling)?;
        }
    }
    if let Some(first) = regions.first_mut() {
        first.electable.count = electable.unwrap_or(first.electable.count);
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
    has_specs: bool,
    current: Option<&Cluster>,
) -> Result<Vec<Region>, ApiError> {
    let mut regions = match current.and_then(|cluster| cluster.shards.first()) {
        Some(shard) => shard.regions.clone(),
        None => vec![first_region(provider, has_specs)?],
    };
    if let Some(provider) = provider {
        // Regions of other clouds are beyond this form, and stay as they are.
        let cloud = regions.first().map(|it| it.provider.clone());
        let own = regions.iter_mut();
        for region in own.filter(|it| Some(&it.provider) == cloud.as_ref()) {
            let before = region.clone();
            overwrite(region, provider)?;
            if current.is_none() || !is_where(region, &before) {
                check(region, provider)?;
            }
        }
    }
    Ok(regions)
}

/// The region of a new cluster, which has to name everything; where `replicationSpecs` name the
/// regions, this one is only what they have in common, and needs no name.
fn first_region(provider: Option<&Attributes<'_>>, has_specs: bool) -> Result<Region, ApiError> {
    let provider = provider.ok_or_else(|| ApiError::missing_attribute("providerSettings"))?;
    let cloud = provider.required_text("providerName")?;
    let name = match provider.text("regionName")? {
        None if has_specs => "",
        _ => provider.required_text("regionName")?,
    };
    let size = provider.required_text("instanceSizeName")?;
    Ok(Region::smallest(cloud, name, size))
}

fn overwrite(region: &mut Region, provider: &Attributes<'_>) -> Result<(), ApiError> {
    let mut current = region.electable.hardware.clone();
    if let Some(name) = provider.word("providerName", &PROVIDERS)?
        && name != region.provider
    {
        name.clone_into(&mut region.provider);
        current = Hardware::of_size(&current.instance_size);
    }
    if let Some(name) = provider.word("backingProviderName", &CLOUDS)? {
        region.backing_provider = Some(name.to_owned());
    }
    let size = clouds::size(provider, "instanceSizeName", &region.provider)?;
    let iops = provider.whole("diskIOPS")?;
    let volume = provider.word("volumeType", &VOLUMES)?;
    let hardware = current.rebuilt(&region.provider, size.as_deref(), iops, volume);
    region.set_hardware(&hardware);
    let scaling = provider.object("autoScaling")?;
    if let Some(compute) = scaling
        .map(|it| it.object("compute"))
        .transpose()?
        .flatten()
    {
        limit(&compute, &mut region.scaling, &region.provider)?;
    }
    // With several regions it names the preferred one, which is the first.
    if let Some(name) = provider.text("regionName")?
        && region.priority == FIRST_PRIORITY
    {
        name.clone_into(&mut region.name);
    }
    Ok(())
}

/// Whether a region is the same place with nodes of the same size, which is not judged again.
fn is_where(region: &Region, before: &Region) -> bool {
    (&region.provider, &region.name) == (&before.provider, &before.name)
        && region.backing_provider == before.backing_provider
        && region.instance_size() == before.instance_size()
}

/// Refuses a region and a size that the provider does not have, also one that stays while another
/// provider is named.
fn check(region: &Region, provider: &Attributes<'_>) -> Result<(), ApiError> {
    let size = provider.name("instanceSizeName");
    clouds::check_size(&size, region.instance_size(), &region.provider)?;
    if region.name.is_empty() {
        return Ok(());
    }
    let name = provider.name("regionName");
    let backing = region.backing_provider.as_deref();
    clouds::check_region(&name, &region.name, &region.provider, backing)
}

/// What scales by itself; the sizes between which it does are with the provider.
fn scale(scaling: &mut Scaling, asked: &Attributes<'_>) -> Result<(), ApiError> {
    scaling.disk = asked.boolean("diskGBEnabled")?.unwrap_or(scaling.disk);
    match asked.object("compute")? {
        Some(compute) => switch(&compute, scaling),
        None => Ok(()),
    }
}

/// A zone of this form: one entry a region, its name as the key.
fn zone(spec: &Attributes<'_>, regions: &[Region]) -> Result<ShardDraft, ApiError> {
    let mut found = Vec::new();
    let configs = spec.required_object("regionsConfig")?;
    for (name, config) in configs.entries()? {
        let own = regions.iter().find(|it| it.name == name);
        let Some(mut region) = own.or(regions.first()).cloned() else {
            continue;
        };
        if own.is_none() {
            let backing = region.backing_provider.as_deref();
            clouds::check_region(&configs.name(name), name, &region.provider, backing)?;
        }
        name.clone_into(&mut region.name);
        count(&mut region, &config)?;
        let default = match region.electable.count {
            0 => 0,
            _ => FIRST_PRIORITY,
        };
        region.priority = config.whole("priority")?.unwrap_or(default);
        found.push(region);
    }
    found.sort_by_key(|region| std::cmp::Reverse(region.priority));
    Ok(ShardDraft {
        zone_name: spec.text("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: shard_count(spec)?.unwrap_or(1),
        regions: found,
    })
}

/// Counts the nodes of a region; one that says nothing has three that can become primary.
fn count(region: &mut Region, config: &Attributes<'_>) -> Result<(), ApiError> {
    region.read_only.count = config.whole("readOnlyNodes")?.unwrap_or_default();
    region.analytics.count = config.whole("analyticsNodes")?.unwrap_or_default();
    let has_others = region.read_only.count + region.analytics.count > 0;
    let default = if has_others { 0 } else { 3 };
    region.electable.count = config.whole("electableNodes")?.unwrap_or(default);
    Ok(())
}
