//! Parses clusters in the format of v1.0 and 2023-01-01, with `providerSettings`.

use super::disks::DefaultDisk;
use super::parsing::{disk_size_of, parse_settings, parse_shard_count};
use super::region_parsing::{VOLUME_TYPES, parse_iops};
use super::scaling::{parse_limits, parse_switches};
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::resources::cloud_providers::{self, CLOUD_PROVIDERS, PROVIDERS};
use crate::state::{
    Cluster, ClusterChange, ClusterDraft, ClusterType, HIGHEST_PRIORITY, Hardware, Region, Scaling,
    ShardDraft,
};

/// Field with the disk type of Azure.
pub(super) const DISK_TYPE: &str = "diskTypeName";
/// Disk types of Azure.
const DISK_TYPES: [&str; 10] = [
    "P2", "P3", "P4", "P6", "P10", "P15", "P20", "P30", "P40", "P50",
];

/// Parses a new cluster.
pub(super) fn parse_draft(attributes: &Attributes<'_>) -> Result<ClusterDraft, ApiError> {
    let name = attributes.required_string("name")?.to_owned();
    attributes.required_object("providerSettings")?;
    let mut change = parse_change(attributes, None)?;
    let shards = change.shards.take().unwrap_or_default();
    let default_type = match shards.iter().map(|shard| shard.count).sum() {
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

/// Parses a change; fields that `providerSettings` lacks are unchanged.
pub(super) fn parse_change(
    attributes: &Attributes<'_>,
    current: Option<&Cluster>,
) -> Result<ClusterChange, ApiError> {
    let mut change = parse_settings(attributes)?;
    check_backup(attributes)?;
    // `backupEnabled` is the legacy backup in this API version, which has no effect.
    change.backup_enabled = attributes.boolean("providerBackupEnabled")?;
    if let Some(provider) = attributes.object("providerSettings")?
        && let Some(name) = provider.enum_value(DISK_TYPE, &DISK_TYPES)?
    {
        change.optional.insert(DISK_TYPE.to_owned(), name.into());
    }
    change.shards = parse_shards(attributes, current)?;
    Ok(change)
}

/// Rejects a request that enables both the legacy backup and the cloud backup.
fn check_backup(attributes: &Attributes<'_>) -> Result<(), ApiError> {
    let legacy = attributes.boolean("backupEnabled")?;
    let provider_name = attributes.boolean("providerBackupEnabled")?;
    if legacy == Some(true) && provider_name == Some(true) {
        return Err(ApiError::from_code_without_parameters(
            "ATLAS_BACKUP_CONFLICTING_OPTIONS",
        ));
    }
    Ok(())
}

fn parse_shards(
    attributes: &Attributes<'_>,
    current: Option<&Cluster>,
) -> Result<Option<Vec<ShardDraft>>, ApiError> {
    let provider = attributes.object("providerSettings")?;
    let specs = attributes.objects("replicationSpecs")?;
    let count = parse_shard_count(attributes)?;
    let electable = attributes.integer("replicationFactor")?;
    let scaling = attributes.object("autoScaling")?;
    let has_topology = provider.is_some() || specs.is_some() || scaling.is_some();
    if !has_topology && count.is_none() && electable.is_none() {
        return Ok(None);
    }

    let mut regions = parse_regions(provider.as_ref(), specs.is_some(), current)?;
    if let Some(scaling) = scaling {
        for region in &mut regions {
            parse_scaling(&mut region.scaling, &scaling)?;
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
        .map(|spec| parse_zone(spec, &regions))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// Returns the regions of the current or new cluster after applying `providerSettings`.
fn parse_regions(
    provider: Option<&Attributes<'_>>,
    has_specs: bool,
    current: Option<&Cluster>,
) -> Result<Vec<Region>, ApiError> {
    let mut regions = match current.and_then(|cluster| cluster.shards.first()) {
        Some(shard) => shard.regions.clone(),
        None => vec![parse_first_region(provider, has_specs)?],
    };
    if let Some(provider) = provider {
        // This API version cannot change the regions of other cloud providers.
        let provider_name = regions.first().map(|region| region.provider.clone());
        let same_cloud = regions.iter_mut();
        for region in same_cloud.filter(|region| Some(&region.provider) == provider_name.as_ref()) {
            let before = region.clone();
            update_region(region, provider)?;
            if current.is_none() || !has_same_location_and_size(region, &before) {
                check(region, provider)?;
            }
        }
    }
    Ok(regions)
}

/// Returns the region of a new cluster. With `replicationSpecs`, the region name is optional.
fn parse_first_region(
    provider: Option<&Attributes<'_>>,
    has_specs: bool,
) -> Result<Region, ApiError> {
    let provider = provider.ok_or_else(|| ApiError::missing_attribute("providerSettings"))?;
    let provider_name = provider.required_string("providerName")?;
    let name = match provider.string("regionName")? {
        None if has_specs => "",
        _ => provider.required_string("regionName")?,
    };
    let size = provider.required_string("instanceSizeName")?;
    Ok(Region::with_three_nodes(provider_name, name, size))
}

fn update_region(region: &mut Region, provider: &Attributes<'_>) -> Result<(), ApiError> {
    let mut current = region.electable.hardware.clone();
    if let Some(name) = provider.enum_value("providerName", &PROVIDERS)?
        && name != region.provider
    {
        name.clone_into(&mut region.provider);
        current = Hardware::with_size(&current.instance_size);
    }
    if let Some(name) = provider.enum_value("backingProviderName", &CLOUD_PROVIDERS)? {
        region.backing_provider = Some(name.to_owned());
    }
    let size = cloud_providers::parse_size(provider, "instanceSizeName", &region.provider)?;
    let iops = parse_iops(provider, &region.provider)?;
    let volume = provider.enum_value("volumeType", &VOLUME_TYPES)?;
    let hardware = DefaultDisk::rebuild(&region.provider, &current, size.as_deref(), iops, volume);
    region.set_hardware(&hardware);
    let scaling = provider.object("autoScaling")?;
    if let Some(compute) = scaling
        .map(|scaling| scaling.object("compute"))
        .transpose()?
        .flatten()
    {
        parse_limits(&compute, &mut region.scaling, &region.provider)?;
    }
    // `regionName` is the name of the preferred region, which is the first region.
    if let Some(name) = provider.string("regionName")?
        && region.priority == HIGHEST_PRIORITY
    {
        name.clone_into(&mut region.name);
    }
    Ok(())
}

/// Returns `true` if the location and the instance size are unchanged and need no validation.
fn has_same_location_and_size(region: &Region, before: &Region) -> bool {
    (&region.provider, &region.name) == (&before.provider, &before.name)
        && region.backing_provider == before.backing_provider
        && region.instance_size() == before.instance_size()
}

/// Rejects a region or an instance size that the provider does not offer.
fn check(region: &Region, provider: &Attributes<'_>) -> Result<(), ApiError> {
    let size = provider.name("instanceSizeName");
    cloud_providers::check_size(&size, region.instance_size(), &region.provider)?;
    if region.name.is_empty() {
        return Ok(());
    }
    let backing = region.backing_provider.as_deref();
    cloud_providers::check_region(&region.name, &region.provider, backing)
}

/// Parses `autoScaling`; the size limits are in `providerSettings`.
fn parse_scaling(scaling: &mut Scaling, attributes: &Attributes<'_>) -> Result<(), ApiError> {
    scaling.disk = attributes.boolean("diskGBEnabled")?.unwrap_or(scaling.disk);
    match attributes.object("compute")? {
        Some(compute) => parse_switches(&compute, scaling),
        None => Ok(()),
    }
}

/// Parses a zone. Its regions are an object whose keys are the region names.
fn parse_zone(spec: &Attributes<'_>, regions: &[Region]) -> Result<ShardDraft, ApiError> {
    let mut zone_regions = Vec::new();
    let configs = spec.required_object("regionsConfig")?;
    for (name, config) in configs.entries()? {
        let current = regions.iter().find(|region| region.name == name);
        let Some(mut region) = current.or(regions.first()).cloned() else {
            continue;
        };
        if current.is_none() {
            let backing = region.backing_provider.as_deref();
            cloud_providers::check_region(name, &region.provider, backing)?;
        }
        name.clone_into(&mut region.name);
        parse_node_counts(&mut region, &config)?;
        let default = match region.electable.count {
            0 => 0,
            _ => HIGHEST_PRIORITY,
        };
        region.priority = config.integer("priority")?.unwrap_or(default);
        zone_regions.push(region);
    }
    zone_regions.sort_by_key(|region| std::cmp::Reverse(region.priority));
    Ok(ShardDraft {
        zone_name: spec.string("zoneName")?.unwrap_or("Zone 1").to_owned(),
        count: parse_shard_count(spec)?.unwrap_or(1),
        regions: zone_regions,
    })
}

/// Parses the node counts of a region. Default: three electable nodes.
fn parse_node_counts(region: &mut Region, config: &Attributes<'_>) -> Result<(), ApiError> {
    region.read_only.count = config.integer("readOnlyNodes")?.unwrap_or_default();
    region.analytics.count = config.integer("analyticsNodes")?.unwrap_or_default();
    let has_others = region.read_only.count + region.analytics.count > 0;
    let default = if has_others { 0 } else { 3 };
    region.electable.count = config.integer("electableNodes")?.unwrap_or(default);
    Ok(())
}
