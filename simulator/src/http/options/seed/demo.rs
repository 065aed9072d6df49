//! The demo organization.

use std::time::Duration;

use jiff::Timestamp;

use super::{DAY, SeedCluster, add_flex_cluster, build_project};
use crate::state::clock::before;
use crate::state::{Lifecycle, Project, Tag};

/// The name of the organization.
pub(super) const ORGANIZATION: &str = "Open Meadow Data";

const MINUTE: Duration = Duration::from_mins(1);

/// The projects, oldest first.
pub(super) fn projects(now: Timestamp) -> Vec<Project> {
    let builders: [fn(&mut Project, Timestamp); 8] = [
        fill_storefront,
        cafe,
        data_platform,
        field_trials,
        sandbox,
        sensors,
        |_, _| {},
        night_batch,
    ];
    let names = [
        "Storefront",
        "Café Zürich",
        "データ基盤",
        "Field Trials (2026)",
        "Sandbox",
        "Älvsjö: sensors, edge",
        "Empty Lot",
        "night-batch",
    ];
    let ages = (0_u32..).map(|index| DAY * (400 - 40 * index));
    let projects = names.into_iter().zip(builders).zip(ages);
    projects
        .map(|((name, build), age)| {
            let mut project = build_project(name, before(now, age));
            build(&mut project, now);
            project
        })
        .collect()
}

fn paused(now: Timestamp, days: u32) -> Lifecycle {
    Lifecycle::paused_since(before(now, DAY * days))
}

fn fill_storefront(project: &mut Project, now: Timestamp) {
    project.tags = Some(vec![Tag {
        key: "environment".to_owned(),
        value: "production".to_owned(),
    }]);
    let created = before(now, DAY * 390);
    SeedCluster::new("shop-production", "M30")
        .with_backup()
        .with_termination_protection()
        .add_to(project, created);
    SeedCluster::new("shop-staging", "M10").add_to(project, created);
    SeedCluster::new("shop-reports", "M20")
        .with_lifecycle(paused(now, 12))
        .add_to(project, created);
}

fn cafe(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 350);
    SeedCluster::new("reservations", "M10").add_to(project, created);
    SeedCluster::new("menu-archive", "M10")
        .with_lifecycle(paused(now, 3))
        .add_to(project, created);
}

fn data_platform(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 310);
    let tokyo = &["AP_NORTHEAST_1"];
    SeedCluster::new("events", "M40")
        .in_regions("AWS", tokyo)
        .with_shards(2)
        .add_to(project, created);
    SeedCluster::new("warehouse", "M40_NVME")
        .in_regions("AWS", tokyo)
        .add_to(project, created);
    SeedCluster::new("features", "M20")
        .in_regions("AWS", tokyo)
        .with_lifecycle(paused(now, 1))
        .add_to(project, created);
}

fn field_trials(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 270);
    let resumed = Lifecycle::resumed_at(before(now, MINUTE * 10));
    SeedCluster::new("trial-a", "M10")
        .with_lifecycle(resumed)
        .add_to(project, created);
    SeedCluster::new("trial-b", "M10")
        .with_lifecycle(paused(now, 20))
        .add_to(project, created);
}

fn sandbox(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 200);
    SeedCluster::new("playground", "M0")
        .in_regions("TENANT", &["US_EAST_1"])
        .add_to(project, created);
    add_flex_cluster(project, "scratch", created);
    add_flex_cluster(project, "notes", before(now, DAY * 5));
}

fn sensors(project: &mut Project, now: Timestamp) {
    let regions = ["EU_NORTH_1", "EU_WEST_1", "US_EAST_1"];
    SeedCluster::new("telemetry", "M30")
        .in_regions("AWS", &regions)
        .with_backup()
        .add_to(project, before(now, DAY * 190));
    let created = before(now, MINUTE);
    SeedCluster::new("ingest-next", "M10")
        .with_lifecycle(Lifecycle::creating(created))
        .add_to(project, created);
    add_flex_cluster(project, "device-registry", before(now, DAY * 30));
}

fn night_batch(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 110);
    SeedCluster::new("nightly-etl", "M10")
        .with_lifecycle(paused(now, 29))
        .add_to(project, created);
    SeedCluster::new("billing", "M20")
        .in_regions("AZURE", &["EUROPE_WEST"])
        .add_to(project, created);
    SeedCluster::new("ledger", "M20")
        .in_regions("GCP", &["WESTERN_EUROPE"])
        .add_to(project, created);
}
