//! Renders regions for the API versions since 2023-02-01.

use serde_json::{Value, json};

use super::disks::DefaultDisk;
use crate::resources::set_fields;
use crate::state::{EffectiveHardware, Hardware, Region, Scaling};

/// Location of the disk size: a field of the cluster, or of the nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Disk {
    OfCluster,
    OfNode(f64),
}

/// The hardware that `electableSpecs`, `readOnlySpecs` and `analyticsSpecs` show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Specs {
    /// The values of the last request.
    Requested,
    /// The values after changes by auto-scaling.
    Running,
}

pub(super) fn render_region(region: &Region, disk: Disk, specs: Specs) -> Value {
    if region.is_tenant() {
        return render_tenant_region(region, disk);
    }
    let mut document = json!({
        "autoScaling": render_scaling(&region.scaling),
        "priority": region.priority,
        "providerName": region.provider,
        "regionName": region.name,
    });
    if let Some(analytics) = &region.analytics_scaling {
        document["analyticsAutoScaling"] = render_scaling(analytics);
    }
    let hardware = match specs {
        Specs::Requested => requested_hardware(region, disk),
        Specs::Running => running_hardware(region, disk),
    };
    let [electable, read_only, analytics] = render_nodes(region, &hardware, disk);
    let parts = [
        ("analyticsSpecs", analytics),
        ("electableSpecs", electable),
        ("readOnlySpecs", read_only),
    ];
    set_fields(document, parts)
}

/// Renders auto-scaling; limits are absent until a request sets them.
fn render_scaling(scaling: &Scaling) -> Value {
    let mut compute = json!({
        "enabled": scaling.compute,
        "predictiveEnabled": scaling.predictive,
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

/// Renders a region with its effective specs, which show the running hardware.
pub(super) fn render_with_effective_specs(config: &Region, disk: Disk, specs: Specs) -> Value {
    let document = render_region(config, disk, specs);
    if config.is_tenant() {
        return document;
    }
    let [electable, read_only, analytics] =
        render_nodes(config, &running_hardware(config, disk), disk);
    let parts = [
        ("effectiveAnalyticsSpecs", analytics),
        ("effectiveElectableSpecs", electable),
        ("effectiveReadOnlySpecs", read_only),
    ];
    set_fields(document, parts)
}

fn render_tenant_region(region: &Region, disk: Disk) -> Value {
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

fn requested_hardware(region: &Region, disk: Disk) -> EffectiveHardware {
    EffectiveHardware {
        electable: region.electable.hardware.clone(),
        read_only: region.read_only.hardware.clone(),
        analytics: region.analytics.hardware.clone(),
        disk_size: disk_size(disk),
    }
}

fn running_hardware(region: &Region, disk: Disk) -> EffectiveHardware {
    region.effective_hardware(disk_size(disk))
}

const fn disk_size(disk: Disk) -> f64 {
    match disk {
        Disk::OfCluster => 0.0,
        Disk::OfNode(size) => size,
    }
}

/// Renders the electable, read-only and analytics nodes.
fn render_nodes(region: &Region, hardware: &EffectiveHardware, disk: Disk) -> [Value; 3] {
    let disk = match disk {
        Disk::OfCluster => Disk::OfCluster,
        Disk::OfNode(_) => Disk::OfNode(hardware.disk_size),
    };
    let render = |count, hardware| render_node_specs(count, hardware, &region.provider, disk);
    [
        render(region.electable.count, &hardware.electable),
        render(region.read_only.count, &hardware.read_only),
        render(region.analytics.count, &hardware.analytics),
    ]
}

fn render_node_specs(count: u64, hardware: &Hardware, provider: &str, disk: Disk) -> Value {
    let mut document = json!({
        "instanceSize": hardware.instance_size,
        "nodeCount": count,
    });
    let default = DefaultDisk::of(provider, &hardware.instance_size);
    if let Some(iops) = default.iops {
        document["diskIOPS"] = json!(hardware.iops.unwrap_or(iops));
    }
    if let Some(volume) = &default.volume {
        document["ebsVolumeType"] = json!(hardware.volume.as_ref().unwrap_or(volume));
    }
    if let Some(throughput) = default.throughput {
        document["diskThroughput"] = json!(throughput);
    }
    if let Disk::OfNode(size) = disk {
        document["diskSizeGB"] = json!(size);
    }
    document
}
