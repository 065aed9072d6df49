//! A simulated year of passes, with lost responses, refusals and machines that were off.

use std::time::Duration;

use atlas_simulator::Fault;
use jiff::{SignedDuration, Timestamp};
use mongodbatlas::{ClusterState, PlannedCluster, ScheduleAction, ScheduleReason};
use serde_json::json;

use super::{START, local, pass, read};

/// The time from one pass to the next in minutes: a minute of the hour that differs from pass to pass.
const STEPS: [u64; 4] = [185, 410, 325, 745];

/// Returns `true` if a cluster is as scheduled, or the decision says why not.
fn is_explained(cluster: &PlannedCluster, now: Timestamp) -> bool {
    let is_running = cluster.target.state == ClusterState::Running;
    match cluster.decision.reason {
        ScheduleReason::AsScheduled => {
            let last = cluster
                .decision
                .last_boundary
                .map(|boundary| boundary.action);
            is_running == (last == Some(ScheduleAction::Start))
        }
        ScheduleReason::Changing => !is_running,
        ScheduleReason::AppliedAhead(next) => next.time <= now + SignedDuration::from_mins(10),
        _ => cluster.decision.action.is_some(),
    }
}

#[tokio::test]
async fn enforced_clusters_are_as_scheduled_after_every_pass_of_a_year() {
    let local = local();
    let file = read(&json!({
        "timezone": "America/New_York",
        "schedules": {
            "office": {
                "select": ["Cluster0"], "running": ["mon-fri 07:30-19:00"], "mode": "enforce",
                "holidays": ["2026-12-24..2026-12-26"], "start-ahead": "15m", "spread": "10m"
            },
            "nights": { "select": ["Cluster1"], "running": ["daily 22:00-03:00"], "mode": "enforce" }
        }
    }));
    let start: Timestamp = START.parse().unwrap();
    let year = SignedDuration::from_hours(24 * 365);
    let (mut passes, mut changes, mut now) = (0_usize, 0_usize, start);
    while now < start + year {
        if passes % 7 == 3 {
            local
                .simulator
                .inject(Fault::drop_connection().for_method("PATCH").times(1));
        }
        if passes % 11 == 5 {
            local
                .simulator
                .inject(Fault::rate_limited(0).for_method("PATCH").times(1));
        }
        let report = pass(&local.atlas, &file).apply().await.unwrap();
        now = report.plan.now;
        for cluster in &report.plan.clusters {
            assert!(is_explained(cluster, now), "{now}: {cluster:?}");
        }
        for change in &report.changes {
            assert!(
                change.outcome.error().is_none(),
                "{now}: {}",
                change.outcome
            );
            changes += 1;
        }
        local.simulator.clear_faults();
        // The change is complete after some minutes, and then the state is as scheduled.
        local.simulator.advance(Duration::from_mins(5));
        let after = pass(&local.atlas, &file).plan().await.unwrap();
        for cluster in &after.clusters {
            assert!(
                is_explained(cluster, after.now),
                "{}: {cluster:?}",
                after.now
            );
        }
        local.simulator.clear_requests();
        local
            .simulator
            .advance(Duration::from_mins(STEPS[passes % STEPS.len()]));
        passes += 1;
    }
    // Some of the two changes on each of about 250 working days and 365 nights fall between two passes.
    assert!(changes > 900, "{passes} passes, {changes} changes");
}
