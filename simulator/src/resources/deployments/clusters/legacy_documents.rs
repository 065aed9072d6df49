//! Clusters in the form of v1.0 and 2023-01-01.

use serde_json::{Map, Value, json};

use super::documents::{Addresses, common};
use crate::call::Call;
use crate::state::clock::format_time;
use crate::state::{Cluster, DEFAULT_VOLUME, Region, default_iops};

/// Renders the form with `providerSettings` for the whole cluster.
pub(super) fn legacy(cluster: &Cluster, project: &str, call: &Call) -> Value {
    let root = if call.version.is_empty() {
        "/api/atlas/v1.0"
    } else {
        "/api/atlas/v2"
    };
    let mut document = common(cluster, project, call, root);
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
        "numShards": cluster.shards.len(),
        "providerBackupEnabled": cluster.settings.backup_enabled,
        "providerSettings": provider_settings(first),
        "replicationFactor": replication_factor(cluster),
        "replicationSpec": cluster.shards.first().map(|shard| regions(&shard.regions)),
        "replicationSpecs": zones(cluster),
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

fn provider_settings(region: &Region) -> Value {
    let mut settings = json!({
        "instanceSizeName": region.instance_size(),
        "providerName": region.provider,
        "regionName": region.name,
    });
    if region.is_tenant() {
        settings["backingProviderName"] = json!(region.backing_provider);
        return settings;
    }
    settings["autoScaling"] = json!({
        "compute": {
            "maxInstanceSize": region.scaling.max_size,
            "minInstanceSize": region.scaling.min_size,
        },
    });
    if region.provider == "AWS" {
        let disk = &region.electable.hardware;
        settings["diskIOPS"] = json!(disk.iops.or(default_iops("AWS")));
        settings["encryptEBSVolume"] = json!(true);
        settings["volumeType"] = json!(disk.volume.as_deref().unwrap_or(DEFAULT_VOLUME));
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
fn zones(cluster: &Cluster) -> Value {
    let mut seen: Vec<&str> = Vec::new();
    let mut zones = Vec::new();
    for shard in &cluster.shards {
        if seen.contains(&shard.zone_id.as_str()) {
            continue;
        }
        seen.push(&shard.zone_id);
        zones.push(json!({
            "id": shard.spec_id,
            "numShards": cluster.shards.iter().filter(|other| other.zone_id == shard.zone_id).count(),
            "regionsConfig": regions(&shard.regions),
            "zoneName": shard.zone_name,
        }));
    }
    Value::Array(zones)
}

fn regions(regions: &[Region]) -> Value {
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
