//! Regions in the forms since 2023-02-01.

use serde_json::{Value, json};

use crate::resources::with_parts;
use crate::state::{DEFAULT_VOLUME, Nodes, Region, Scaling, default_iops};

/// Location of the disk size: a field of the cluster, or of the nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Disk {
    OfCluster,
    OfNode(f64),
}

/// Renders a region.
pub(super) fn region(region: &Region, disk: Disk) -> Value {
    if region.is_tenant() {
        return tenant_region(region, disk);
    }
    let mut document = json!({
        "autoScaling": scaling(&region.scaling),
        "priority": region.priority,
        "providerName": region.provider,
        "regionName": region.name,
    });
    if let Some(analytics) = &region.analytics_scaling {
        document["analyticsAutoScaling"] = scaling(analytics);
    }
    let nodes = |group| nodes(group, &region.provider, disk);
    let parts = [
        ("analyticsSpecs", nodes(&region.analytics)),
        ("electableSpecs", nodes(&region.electable)),
        ("readOnlySpecs", nodes(&region.read_only)),
    ];
    with_parts(document, parts)
}

/// Renders auto-scaling; limits are absent until a request sets them.
fn scaling(scaling: &Scaling) -> Value {
    let mut compute = json!({
        "enabled": scaling.compute,
        "scaleDownEnabled": scaling.compute_down,
    });
    for (name, limit) in [
        ("maxInstanceSize", &scaling.max_size),
        ("minInstanceSize", &scaling.min_size),
    ] {
        if let Some(size) = limit {
            compute[name] = json!(size);
        }
    }
    json!({ "compute": compute, "diskGB": { "enabled": scaling.disk } })
}

/// Renders a region with its effective specs, which are the requested ones.
pub(super) fn region_with_effective_specs(config: &Region, disk: Disk) -> Value {
    let mut document = region(config, disk);
    if !config.is_tenant() {
        let nodes = |group| nodes(group, &config.provider, disk);
        document["effectiveAnalyticsSpecs"] = nodes(&config.analytics);
        document["effectiveElectableSpecs"] = nodes(&config.electable);
        document["effectiveReadOnlySpecs"] = nodes(&config.read_only);
    }
    document
}

fn tenant_region(region: &Region, disk: Disk) -> Value {
    let mut electable = json!({
        "effectiveInstanceSize": region.instance_size(),
        "instanceSize": region.instance_size(),
    });
    if let Disk::OfNode(size) = disk {
        electable["diskSizeGB"] = json!(size);
    }
    json!({
        "backingProviderName": region.backing_provider,
        "electableSpecs": electable,
        "priority": region.priority,
        "providerName": region.provider,
        "regionName": region.name,
    })
}

fn nodes(nodes: &Nodes, provider: &str, disk: Disk) -> Value {
    let hardware = &nodes.hardware;
    let mut document = json!({
        "instanceSize": hardware.instance_size,
        "nodeCount": nodes.count,
    });
    if let Some(default) = default_iops(provider) {
        document["diskIOPS"] = json!(hardware.iops.unwrap_or(default));
    }
    match provider {
        "AWS" => {
            let volume = hardware.volume.as_deref().unwrap_or(DEFAULT_VOLUME);
            document["ebsVolumeType"] = json!(volume);
        }
        "AZURE" => document["diskThroughput"] = json!(125),
        _ => {}
    }
    if let Disk::OfNode(size) = disk {
        document["diskSizeGB"] = json!(size);
    }
    document
}
