//! A region as the versions since 2023-02-01 show it.

use serde_json::{Value, json};

use crate::resources::with_parts;
use crate::state::{Nodes, Region, Scaling, USUAL_VOLUME, usual_iops};

/// Whether nodes carry their disk's size, or the cluster does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Disk {
    OfCluster,
    OfNode(f64),
}

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
    let nodes = |kind| nodes(kind, &region.provider, disk);
    let parts = [
        ("analyticsSpecs", nodes(&region.analytics)),
        ("electableSpecs", nodes(&region.electable)),
        ("readOnlySpecs", nodes(&region.read_only)),
    ];
    with_parts(document, parts)
}

/// Limits are only shown where somebody set them.
fn scaling(scaling: &Scaling) -> Value {
    let mut compute = json!({
        "enabled": scaling.compute,
        "scaleDownEnabled": scaling.compute_down,
    });
    for (name, limit) in [
        ("maxInstanceSize", &scaling.largest),
        ("minInstanceSize", &scaling.smallest),
    ] {
        if let Some(size) = limit {
            compute[name] = json!(size);
        }
    }
    json!({ "compute": compute, "diskGB": { "enabled": scaling.disk } })
}

/// A region with what scaling made of its nodes, which here is what was asked for.
pub(super) fn region_with_effect(it: &Region, disk: Disk) -> Value {
    let mut document = region(it, disk);
    if !it.is_tenant() {
        let nodes = |kind| nodes(kind, &it.provider, disk);
        document["effectiveAnalyticsSpecs"] = nodes(&it.analytics);
        document["effectiveElectableSpecs"] = nodes(&it.electable);
        document["effectiveReadOnlySpecs"] = nodes(&it.read_only);
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
    if let Some(usual) = usual_iops(provider) {
        document["diskIOPS"] = json!(hardware.iops.unwrap_or(usual));
    }
    match provider {
        "AWS" => {
            let volume = hardware.volume.as_deref().unwrap_or(USUAL_VOLUME);
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
