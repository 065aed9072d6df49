//! Renders clusters for v1.0 and 2023-01-01.

use serde_json::{Map, Value, json};

use super::addresses::Addresses;
use super::disks::DefaultDisk;
use super::documents::render_common_fields;
use super::legacy_parsing::DISK_TYPE;
use crate::call::Call;
use crate::state::clock::format_time;
use crate::state::{Cluster, Region, Settings};

/// Renders a cluster with `providerSettings`, which apply to all of its regions.
pub(super) fn render_2023_01(cluster: &Cluster, project: &str, call: &Call) -> Value {
    let root = if call.version.is_empty() {
        "/api/atlas/v1.0"
    } else {
        "/api/atlas/v2"
    };
    let mut document = render_common_fields(cluster, project, call, root);
    let Some(first) = cluster.first_region() else {
        return Value::Object(document);
    };
    let own = json!({
        "autoScaling": {
            "autoIndexingEnabled": false,
            "compute": {
                "enabled": first.scaling.compute,
                "scaleDownEnabled": first.scaling.compute_down,
            },
            "diskGBEnabled": first.scaling.disk,
        },
        "backupEnabled": false,
        "diskSizeGB": cluster.disk_size,
        "numShards": shards_of_first_zone(cluster),
        "providerBackupEnabled": cluster.settings.backup_enabled,
        "providerSettings": render_provider_settings(first, &cluster.settings),
        "replicationFactor": replication_factor(cluster),
        "replicationSpec": cluster.shards.first().map(|shard| render_regions(&shard.regions)),
        "replicationSpecs": render_zones(cluster),
    });
    if let Value::Object(own) = own {
        document.extend(own);
    }
    if let Some(addresses) = Addresses::of(cluster) {
        let moment = format_time(cluster.addresses_updated);
        document.insert("mongoURI".to_owned(), json!(addresses.seeds));
        document.insert("mongoURIUpdated".to_owned(), json!(moment));
        document.insert("mongoURIWithOptions".to_owned(), json!(addresses.standard));
        document.insert("srvAddress".to_owned(), json!(addresses.srv));
    }
    Value::Object(document)
}

/// Returns the number of shards in the first zone, which is the `numShards` of the cluster.
fn shards_of_first_zone(cluster: &Cluster) -> usize {
    let zone = cluster.shards.first().map(|shard| &shard.zone_id);
    let shards = cluster.shards.iter();
    shards.filter(|shard| Some(&shard.zone_id) == zone).count()
}

fn render_provider_settings(region: &Region, cluster: &Settings) -> Value {
    let mut settings = json!({
        "instanceSizeName": region.instance_size(),
        "providerName": region.provider,
        "regionName": region.name,
    });
    settings["autoScaling"] = json!({
        "compute": {
            "maxInstanceSize": region.scaling.max_size,
            "minInstanceSize": region.scaling.min_size,
        },
    });
    if region.is_tenant() {
        settings["backingProviderName"] = json!(region.backing_provider);
    }
    if let Some(name) = cluster
        .optional
        .get(DISK_TYPE)
        .filter(|_| region.provider == "AZURE")
    {
        settings[DISK_TYPE] = name.clone();
    }
    if region.provider == "AWS" {
        let disk = &region.electable.hardware;
        let default = DefaultDisk::of("AWS", region.instance_size());
        settings["diskIOPS"] = json!(disk.iops.or(default.iops));
        settings["encryptEBSVolume"] = json!(true);
        settings["volumeType"] = json!(disk.volume.as_deref().or(default.volume.as_deref()));
    }
    settings
}

fn replication_factor(cluster: &Cluster) -> u64 {
    let regions = cluster.shards.first().map(|shard| shard.regions.as_slice());
    regions
        .unwrap_or_default()
        .iter()
        .map(|region| region.electable.count)
        .sum()
}

/// Renders one replication spec for each zone.
fn render_zones(cluster: &Cluster) -> Value {
    let mut zone_ids: Vec<&str> = Vec::new();
    let mut zones = Vec::new();
    for shard in &cluster.shards {
        if zone_ids.contains(&shard.zone_id.as_str()) {
            continue;
        }
        zone_ids.push(&shard.zone_id);
        zones.push(json!({
            "id": shard.spec_id,
            "numShards": cluster.shards.iter().filter(|other| other.zone_id == shard.zone_id).count(),
            "regionsConfig": render_regions(&shard.regions),
            "zoneName": shard.zone_name,
        }));
    }
    Value::Array(zones)
}

fn render_regions(regions: &[Region]) -> Value {
    let entries: Map<String, Value> = regions
        .iter()
        .map(|region| {
            let document = json!({
                "analyticsNodes": region.analytics.count,
                "electableNodes": region.electable.count,
                "priority": region.priority,
                "readOnlyNodes": region.read_only.count,
            });
            (region.name.clone(), document)
        })
        .collect();
    Value::Object(entries)
}
