//! The demo organization.

use std::time::Duration;

use jiff::Timestamp;

use super::{DAY, Planned, plant_flex, project};
use crate::state::clock::before;
use crate::state::{Lifecycle, Project, Tag};

/// The name of the organization.
pub(super) const ORGANIZATION: &str = "Open Meadow Data";

const MINUTE: Duration = Duration::from_mins(1);

/// The projects, oldest first.
pub(super) fn projects(now: Timestamp) -> Vec<Project> {
    let builders: [fn(&mut Project, Timestamp); 8] = [
        storefront,
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
    let planned = names.into_iter().zip(builders).zip(ages);
    planned
        .map(|((name, build), age)| {
            let mut project = project(name, before(now, age));
            build(&mut project, now);
            project
        })
        .collect()
}

fn paused(now: Timestamp, days: u32) -> Lifecycle {
    Lifecycle::paused_since(before(now, DAY * days))
}

fn storefront(project: &mut Project, now: Timestamp) {
    project.tags = Some(vec![Tag {
        key: "environment".to_owned(),
        value: "production".to_owned(),
    }]);
    let created = before(now, DAY * 390);
    Planned::new("shop-production", "M30")
        .with_backup()
        .protected()
        .plant(project, created);
    Planned::new("shop-staging", "M10").plant(project, created);
    Planned::new("shop-reports", "M20")
        .with_lifecycle(paused(now, 12))
        .plant(project, created);
}

fn cafe(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 350);
    Planned::new("reservations", "M10").plant(project, created);
    Planned::new("menu-archive", "M10")
        .with_lifecycle(paused(now, 3))
        .plant(project, created);
}

fn data_platform(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 310);
    let tokyo = &["AP_NORTHEAST_1"];
    Planned::new("events", "M40")
        .at("AWS", tokyo)
        .with_shards(2)
        .plant(project, created);
    Planned::new("warehouse", "M40_NVME")
        .at("AWS", tokyo)
        .plant(project, created);
    Planned::new("features", "M20")
        .at("AWS", tokyo)
        .with_lifecycle(paused(now, 1))
        .plant(project, created);
}

fn field_trials(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 270);
    let resumed = Lifecycle::resumed_at(before(now, MINUTE * 10));
    Planned::new("trial-a", "M10")
        .with_lifecycle(resumed)
        .plant(project, created);
    Planned::new("trial-b", "M10")
        .with_lifecycle(paused(now, 20))
        .plant(project, created);
}

fn sandbox(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 200);
    Planned::new("playground", "M0")
        .at("TENANT", &["US_EAST_1"])
        .plant(project, created);
    plant_flex(project, "scratch", created);
    plant_flex(project, "notes", before(now, DAY * 5));
}

fn sensors(project: &mut Project, now: Timestamp) {
    let regions = ["EU_NORTH_1", "EU_WEST_1", "US_EAST_1"];
    Planned::new("telemetry", "M30")
        .at("AWS", &regions)
        .with_backup()
        .plant(project, before(now, DAY * 190));
    let asked_for = before(now, MINUTE);
    Planned::new("ingest-next", "M10")
        .with_lifecycle(Lifecycle::creating(asked_for))
        .plant(project, asked_for);
    plant_flex(project, "device-registry", before(now, DAY * 30));
}

fn night_batch(project: &mut Project, now: Timestamp) {
    let created = before(now, DAY * 110);
    Planned::new("nightly-etl", "M10")
        .with_lifecycle(paused(now, 29))
        .plant(project, created);
    Planned::new("billing", "M20")
        .at("AZURE", &["EUROPE_WEST"])
        .plant(project, created);
    Planned::new("ledger", "M20")
        .at("GCP", &["WESTERN_EUROPE"])
        .plant(project, created);
}
