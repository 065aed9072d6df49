//! Backup schedules and scheduled snapshots.

use std::time::Duration;

use atlas_simulator::{Clock, Options, Seed};
use serde_json::{Value, json};

use crate::support::Atlas;

const HOUR: Duration = Duration::from_hours(1);

/// Seeds a cluster with backup, and returns the path of its backups.
async fn seed_cluster() -> (Atlas, String) {
    let seed = json!({ "projects": [{
        "name": "Shop",
        "clusters": [{ "name": "main", "backup": true }, { "name": "bare" }],
    }] });
    let atlas = Atlas::seeded(Seed::from_json(seed.to_string().as_bytes()).unwrap()).await;
    let backup = format!("{}/main/backup", atlas.clusters("Shop"));
    (atlas, backup)
}

/// A policy with one item.
fn policy(frequency: &str, interval: u64, days: u64) -> Value {
    json!({
        "referenceHourOfDay": 9,
        "referenceMinuteOfHour": 30,
        "policies": [{ "policyItems": [{
            "frequencyType": frequency,
            "frequencyInterval": interval,
            "retentionUnit": "days",
            "retentionValue": days,
        }] }],
    })
}

/// The creation times of completed scheduled snapshots.
async fn snapshot_times(atlas: &Atlas, backup: &str) -> Vec<String> {
    let snapshots = atlas.get(&format!("{backup}/snapshots")).await;
    let snapshots = snapshots.field("/results");
    let completed = snapshots.as_array().unwrap().iter();
    completed
        .filter(|snapshot| {
            snapshot["snapshotType"] == "scheduled" && snapshot["status"] == "completed"
        })
        .map(|snapshot| snapshot["createdAt"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn seeded_cluster_has_default_schedule_and_past_snapshots() {
    let (atlas, backup) = seed_cluster().await;

    let schedule = atlas.get(&format!("{backup}/schedule")).await;
    let past = snapshot_times(&atlas, &backup).await;

    let items = schedule.field("/policies/0/policyItems");
    assert_eq!(items.as_array().unwrap().len(), 5);
    assert!(schedule.field("/nextSnapshot").is_string());
    // 28 snapshots of a week, and older weekly and monthly ones.
    assert!((28..40).contains(&past.len()), "{past:?}");
}

#[tokio::test]
async fn snapshots_follow_a_changed_schedule_and_expire() {
    let (atlas, backup) = seed_cluster().await;
    let schedule = format!("{backup}/schedule");

    let changed = atlas.patch(&schedule, policy("daily", 1, 2)).await;
    atlas.simulator.advance(HOUR * 24 * 400);
    let times = snapshot_times(&atlas, &backup).await;

    assert_eq!(changed.field("/nextSnapshot"), "2026-09-01T09:30:00Z");
    assert_eq!(times.len(), 2, "{times:?}");
    assert_eq!(times[0], "2027-10-04T09:30:15Z");
    assert_eq!(times[1], "2027-10-05T09:30:15Z");
}

#[tokio::test]
async fn paused_cluster_has_no_new_snapshots() {
    let (atlas, backup) = seed_cluster().await;
    let cluster = backup.trim_end_matches("/backup");
    atlas
        .patch(&format!("{backup}/schedule"), policy("hourly", 1, 100))
        .await;
    atlas.simulator.advance(Duration::from_mins(10));
    let today = async || {
        let mut times = snapshot_times(&atlas, &backup).await;
        times.retain(|time| time.as_str() > "2026-09-01T08:10");
        times
    };

    atlas.patch(cluster, json!({ "paused": true })).await;
    atlas.simulator.advance(HOUR * 5);
    atlas.patch(cluster, json!({ "paused": false })).await;
    let during = today().await;
    atlas.simulator.advance(HOUR * 2);

    assert_eq!(during, Vec::<String>::new());
    assert_eq!(
        today().await,
        ["2026-09-01T13:30:15Z", "2026-09-01T14:30:15Z"]
    );
}

#[tokio::test]
async fn schedule_without_items_takes_no_snapshots() {
    let (atlas, backup) = seed_cluster().await;

    let cleared = atlas.delete(&format!("{backup}/schedule")).await;
    atlas.simulator.advance(HOUR * 24 * 500);

    assert_eq!(cleared.field("/policies/0/policyItems"), json!([]));
    assert_eq!(snapshot_times(&atlas, &backup).await, Vec::<String>::new());
}

#[tokio::test]
async fn invalid_reference_time_and_disabled_backup_are_rejected() {
    let (atlas, backup) = seed_cluster().await;
    let bare = format!("{}/bare/backup/schedule", atlas.clusters("Shop"));
    let mut late = policy("daily", 1, 2);
    late["referenceHourOfDay"] = json!(24);

    let late = atlas.patch(&format!("{backup}/schedule"), late).await;

    late.assert_error(400, "INVALID_REFERENCE_HOUR_OF_DAY");
    atlas
        .get(&bare)
        .await
        .assert_error(400, "BACKUP_NOT_ENABLED");
}

#[tokio::test]
async fn enabled_backup_starts_immediately() {
    let options = Options::new().with_clock(Clock::frozen());
    let atlas = Atlas::with(options.with_seed(Seed::sized(1, 1))).await;
    let cluster = format!("{}/Cluster0", atlas.clusters("Project 0001"));
    // Reads in the second of the change must not skip its snapshots.
    atlas.get(&cluster).await;
    atlas
        .patch(&cluster, json!({ "backupEnabled": true }))
        .await;
    atlas.get(&cluster).await;

    atlas.simulator.advance(HOUR * 13);

    let snapshots = atlas.get(&format!("{cluster}/backup/snapshots")).await;
    assert_eq!(
        snapshots.field("/totalCount"),
        2,
        "one snapshot every six hours"
    );
}
