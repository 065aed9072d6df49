//! Properties of random schedules in zones with unusual clock changes.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{cluster, file, time};
use crate::pythonic::{
    resources::deployments::state::ClusterState,
    workflows::schedule::{ClusterHistory, ScheduleAction, ScheduleReason},
};

/// Lord Howe changes by half an hour, Casablanca during Ramadan, Azores crosses UTC, Kathmandu never.
const ZONES: [&str; 7] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Atlantic/Azores",
    "Asia/Kathmandu",
];

fn clock_time() -> impl Strategy<Value = String> {
    (0..24_u8, 0..60_u8).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
}

fn window() -> impl Strategy<Value = String> {
    let days = prop::sample::select(vec![
        "mon", "mon-fri", "sat,sun", "weekdays", "weekends", "daily", "fri-mon", "wed",
    ]);
    let start_and_end =
        (clock_time(), clock_time()).prop_filter("not empty", |(start, end)| start != end);
    (days, start_and_end).prop_map(|(days, (start, end))| format!("{days} {start}-{end}"))
}

fn schedule() -> impl Strategy<Value = Value> {
    let windows = prop::collection::vec(window(), 0..4);
    let minutes = (0..120_u16, 0..60_u16);
    (windows, any::<bool>(), minutes).prop_map(|(running, enforces, (ahead, spread))| {
        json!({
            "select": ["*"],
            "running": running,
            "mode": if enforces { "enforce" } else { "edges" },
            "start-ahead": format!("{ahead}m"),
            "spread": format!("{spread}m"),
            "holidays": ["2026-12-24..2026-12-26"],
            "exceptions": [{ "date": "2026-03-29", "running": ["01:30-02:30", "02:45-03:15"] }]
        })
    })
}

fn schedule_file() -> impl Strategy<Value = Value> {
    let zone = prop::sample::select(ZONES.to_vec());
    (zone, prop::collection::vec(schedule(), 1..3)).prop_map(|(zone, schedules)| {
        let named = schedules.into_iter().enumerate();
        let tables: serde_json::Map<_, _> = named
            .map(|(number, schedule)| (format!("s{number}"), schedule))
            .collect();
        json!({ "timezone": zone, "schedules": tables })
    })
}

/// Returns a time of the years 2026 and 2027.
fn moment() -> impl Strategy<Value = Timestamp> {
    let first = time("2026-01-01T00:00:00Z").as_second();
    (0..2 * 366 * 24 * 60_i64)
        .prop_map(move |minutes| Timestamp::from_second(first + minutes * 60).unwrap())
}

proptest! {
    #[test]
    fn boundaries_alternate_and_match_the_state_between_them(document in schedule_file(), now in moment()) {
        let file = file(&document);
        let end = now + SignedDuration::from_hours(24 * 21);
        let (_, boundaries) = file.boundaries(&cluster(ClusterState::Running), now, end);
        for pair in boundaries.windows(2) {
            prop_assert!(pair[0].time < pair[1].time);
            prop_assert!(pair[0].action != pair[1].action);
        }
        for boundary in boundaries {
            // At its boundary, the state that the boundary leads to is as scheduled.
            let state = match boundary.action {
                ScheduleAction::Start => ClusterState::Running,
                ScheduleAction::Pause => ClusterState::Paused,
            };
            let decision = file.decide(&cluster(state), &ClusterHistory::default(), boundary.time);
            prop_assert_eq!(decision.reason, ScheduleReason::AsScheduled);
        }
    }

    #[test]
    fn enforced_cluster_is_as_scheduled_after_an_action(document in schedule_file(), now in moment()) {
        let mut document = document;
        for schedule in document["schedules"].as_object_mut().unwrap().values_mut() {
            schedule["mode"] = json!("enforce");
        }
        let file = file(&document);
        for (state, other) in [
            (ClusterState::Running, ClusterState::Paused),
            (ClusterState::Paused, ClusterState::Running),
        ] {
            let decision = file.decide(&cluster(state), &ClusterHistory::default(), now);
            if decision.action.is_some() {
                let after = file.decide(&cluster(other), &ClusterHistory::default(), now);
                prop_assert_eq!(after.reason, ScheduleReason::AsScheduled);
            } else {
                let is_explained = matches!(
                    decision.reason,
                    ScheduleReason::AsScheduled | ScheduleReason::AppliedAhead(_)
                );
                prop_assert!(is_explained, "{:?}", decision.reason);
            }
        }
    }
}

proptest! {
    // A case computes hundreds of decisions.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn passes_every_five_minutes_never_oscillate(document in schedule_file(), now in moment()) {
        let file = file(&document);
        let mut state = ClusterState::Paused;
        let mut history = ClusterHistory::default();
        let mut changes = Vec::new();
        for pass in 0..2 * 24 * 12 {
            let time = now + SignedDuration::from_mins(5 * pass);
            let decision = file.decide(&cluster(state.clone()), &history, time);
            if let Some(action) = decision.action {
                changes.push(time);
                history.last_change = Some(time);
                (state, history.resumed) = match action {
                    ScheduleAction::Start => (ClusterState::Running, Some(time)),
                    ScheduleAction::Pause => (ClusterState::Paused, history.resumed),
                };
            }
        }
        let last = now + SignedDuration::from_hours(2 * 24);
        let earliest = now - SignedDuration::from_hours(24 * 31);
        let (_, boundaries) = file.boundaries(&cluster(state), earliest, last);
        // At most one change for each boundary, and one for the state at the beginning.
        prop_assert!(changes.len() <= boundaries.len() + 1, "{changes:?} {boundaries:?}");
    }
}
