//! Decisions about one cluster. In November, Berlin is one hour ahead of UTC; 2026-11-27 is a Friday.

use serde_json::json;

use super::{
    PAUSED, RUNNING, action, changed, cluster, decide, file, office_file, resumed, tagged, time,
};
use crate::pythonic::{
    resources::deployments::state::ClusterState,
    workflows::schedule::{ClusterHistory, PauseObstacle, ScheduleAction, ScheduleReason},
};

#[test]
fn edges_apply_a_boundary_of_the_last_15_minutes() {
    let file = office_file(&json!({}));

    for (now, expected) in [
        ("2026-11-27T16:59:00Z", None),
        ("2026-11-27T17:00:00Z", Some(ScheduleAction::Pause)),
        ("2026-11-27T17:15:00Z", Some(ScheduleAction::Pause)),
        ("2026-11-27T17:15:01Z", None),
    ] {
        assert_eq!(action(&file, &cluster(RUNNING), now), expected, "{now}");
    }
    assert_eq!(
        action(&file, &cluster(PAUSED), "2026-11-30T07:00:00Z"),
        Some(ScheduleAction::Start)
    );
    assert_eq!(
        action(&file, &cluster(PAUSED), "2026-11-27T17:01:00Z"),
        None
    );
}

#[test]
fn edges_report_a_missed_boundary() {
    let file = office_file(&json!({ "catch-up": "30m" }));
    let (action, reason) = decide(
        &file,
        &cluster(RUNNING),
        &ClusterHistory::default(),
        "2026-11-28T10:00:00Z",
    );

    assert_eq!(action, None);
    let ScheduleReason::Missed(boundary) = reason else {
        panic!("{reason:?}")
    };
    assert_eq!(boundary.time, time("2026-11-27T17:00:00Z"));
}

#[test]
fn edges_respect_a_change_after_the_boundary() {
    let file = office_file(&json!({}));
    let now = "2026-11-27T17:10:00Z";

    for (change, expected) in [
        ("2026-11-27T17:05:00Z", None),
        ("2026-11-27T15:00:00Z", Some(ScheduleAction::Pause)),
    ] {
        let (action, _) = decide(&file, &cluster(RUNNING), &changed(change), now);
        assert_eq!(action, expected, "{change}");
    }
}

#[test]
fn enforce_acts_at_any_time() {
    let file = office_file(&json!({ "mode": "enforce" }));

    assert_eq!(
        action(&file, &cluster(RUNNING), "2026-11-28T10:00:00Z"),
        Some(ScheduleAction::Pause)
    );
    assert_eq!(
        action(&file, &cluster(PAUSED), "2026-11-27T10:00:00Z"),
        Some(ScheduleAction::Start)
    );
}

#[test]
fn enforce_reverses_nothing_within_ten_minutes_of_a_boundary() {
    let file = office_file(&json!({ "mode": "enforce" }));

    // A machine whose clock is ahead started the cluster before 07:00 UTC.
    assert_eq!(
        action(&file, &cluster(RUNNING), "2026-11-27T06:55:00Z"),
        None
    );
    assert_eq!(
        action(&file, &cluster(RUNNING), "2026-11-27T06:49:00Z"),
        Some(ScheduleAction::Pause)
    );
    // Somebody resumed the cluster after the boundary at 17:00 UTC.
    let history = changed("2026-11-27T17:03:00Z");
    let (early, _) = decide(&file, &cluster(RUNNING), &history, "2026-11-27T17:09:00Z");
    let (late, _) = decide(&file, &cluster(RUNNING), &history, "2026-11-27T17:11:00Z");
    assert_eq!((early, late), (None, Some(ScheduleAction::Pause)));
}

#[test]
fn pause_waits_for_60_minutes_after_a_resume() {
    let file = office_file(&json!({}));
    let history = resumed("2026-11-27T16:30:00Z");

    let (action, reason) = decide(&file, &cluster(RUNNING), &history, "2026-11-27T17:05:00Z");
    assert_eq!(action, None);
    assert_eq!(
        reason,
        ScheduleReason::RecentlyResumed(time("2026-11-27T17:30:00Z"))
    );
    // The boundary stays due until the pause was possible for the time of `catch-up`.
    let (action, _) = decide(&file, &cluster(RUNNING), &history, "2026-11-27T17:40:00Z");
    assert_eq!(action, Some(ScheduleAction::Pause));
}

#[test]
fn changing_and_young_clusters_wait() {
    let file = office_file(&json!({ "mode": "enforce", "min-age": "24h" }));
    let now = "2026-11-28T10:00:00Z";

    let (_, reason) = decide(
        &file,
        &cluster(ClusterState::Resuming),
        &ClusterHistory::default(),
        now,
    );
    assert_eq!(reason, ScheduleReason::Changing);
    let mut young = cluster(RUNNING);
    young.created = Some(time("2026-11-27T20:00:00Z"));
    let (action, reason) = decide(&file, &young, &ClusterHistory::default(), now);
    assert_eq!(action, None);
    assert_eq!(
        reason,
        ScheduleReason::TooYoung(time("2026-11-28T20:00:00Z"))
    );
}

#[test]
fn obstacle_prevents_a_pause() {
    let file = office_file(&json!({ "mode": "enforce" }));
    let mut flex = cluster(RUNNING);
    flex.obstacle = Some(PauseObstacle::Flex);

    let (action, reason) = decide(
        &file,
        &flex,
        &ClusterHistory::default(),
        "2026-11-28T10:00:00Z",
    );
    assert_eq!(action, None);
    assert_eq!(reason, ScheduleReason::Impossible(PauseObstacle::Flex));
}

#[test]
fn cluster_in_several_schedules_runs_while_one_of_them_runs() {
    let file = file(&json!({
        "schedules": {
            "day": { "select": ["dev-*"], "running": ["daily 08:00-12:00"], "mode": "enforce" },
            "afternoon": { "select": ["dev-1"], "running": ["daily 12:00-16:00"], "mode": "enforce" },
            "others": { "select": ["prod-*"], "running": ["daily 00:00-24:00"] }
        }
    }));
    for (now, expected) in [
        ("2026-11-27T09:00:00Z", None),
        ("2026-11-27T12:00:00Z", None),
        ("2026-11-27T16:00:00Z", Some(ScheduleAction::Pause)),
    ] {
        assert_eq!(action(&file, &cluster(RUNNING), now), expected, "{now}");
    }
    let decision = file.decide(
        &cluster(RUNNING),
        &ClusterHistory::default(),
        time("2026-11-27T09:00:00Z"),
    );
    assert_eq!(decision.schedules, ["afternoon", "day"]);
}

#[test]
fn cluster_is_enforced_only_if_all_schedules_enforce() {
    let file = file(&json!({
        "schedules": {
            "a": { "select": ["*"], "running": ["daily 08:00-12:00"], "mode": "enforce" },
            "b": { "select": ["*"], "running": [] }
        }
    }));

    assert_eq!(
        action(&file, &cluster(RUNNING), "2026-11-27T20:00:00Z"),
        None
    );
}

#[test]
fn start_ahead_and_spread_move_starts_only() {
    let file = office_file(&json!({ "start-ahead": "15m", "spread": "10m" }));
    let cluster = cluster(PAUSED);
    let (_, boundaries) = file.boundaries(
        &cluster,
        time("2026-11-27T00:00:00Z"),
        time("2026-11-28T00:00:00Z"),
    );

    let [start, pause] = &boundaries[..] else {
        panic!("{boundaries:?}")
    };
    assert!(
        (time("2026-11-27T06:45:00Z")..time("2026-11-27T06:55:00Z")).contains(&start.time),
        "{}",
        start.time
    );
    assert_eq!(pause.time, time("2026-11-27T17:00:00Z"));
}

#[test]
fn spread_is_stable_and_differs_between_clusters() {
    let file = office_file(&json!({ "spread": "1h" }));
    let start = |name: &str| {
        let mut cluster = cluster(PAUSED);
        cluster.name = name.to_owned();
        let (_, boundaries) = file.boundaries(
            &cluster,
            time("2026-11-27T00:00:00Z"),
            time("2026-11-28T00:00:00Z"),
        );
        boundaries[0].time
    };

    assert_eq!(start("dev-1"), start("dev-1"));
    let distinct: std::collections::BTreeSet<_> = (0..20)
        .map(|number| start(&format!("dev-{number}")))
        .collect();
    assert!(distinct.len() > 15, "{distinct:?}");
}

#[test]
fn holidays_and_exceptions_replace_the_windows_of_a_date() {
    let file = office_file(&json!({
        "mode": "enforce",
        "holidays": ["2026-11-26..2026-11-27"],
        "exceptions": [
            { "date": "2026-11-27", "running": ["10:00-12:00"] },
            { "date": "2026-11-28", "running": ["10:00-12:00"] }
        ]
    }));
    let (_, boundaries) = file.boundaries(
        &cluster(PAUSED),
        time("2026-11-26T00:00:00Z"),
        time("2026-11-29T00:00:00Z"),
    );

    let times: Vec<_> = boundaries
        .iter()
        .map(|boundary| boundary.time.to_string())
        .collect();
    assert_eq!(
        times,
        [
            "2026-11-27T09:00:00Z",
            "2026-11-27T11:00:00Z",
            "2026-11-28T09:00:00Z",
            "2026-11-28T11:00:00Z",
        ]
    );
}

#[test]
fn opt_in_tag_adds_a_cluster_to_the_schedule_that_it_names() {
    let file = file(&json!({
        "opt-in-tag": "atlascli-schedule",
        "schedules": {
            "night": { "running": ["daily 20:00-24:00"], "mode": "enforce" },
            "day": { "select": ["web-*"], "running": ["daily 08:00-20:00"], "mode": "enforce" }
        }
    }));
    let cluster = tagged(cluster(PAUSED), "atlascli-schedule", "night");

    let decision = file.decide(
        &cluster,
        &ClusterHistory::default(),
        time("2026-11-27T21:00:00Z"),
    );
    assert_eq!(decision.schedules, ["night"]);
    assert_eq!(decision.action, Some(ScheduleAction::Start));
}

#[test]
fn spread_does_not_separate_windows_that_touch() {
    let file = file(&json!({
        "schedules": {
            "s": { "select": ["*"], "running": ["daily 00:00-12:00", "daily 12:00-24:00"], "spread": "2h" }
        }
    }));
    let (_, boundaries) = file.boundaries(
        &cluster(RUNNING),
        time("2026-11-27T00:00:00Z"),
        time("2026-12-04T00:00:00Z"),
    );

    assert_eq!(boundaries, []);
}

#[test]
fn change_before_a_boundary_extends_the_time_of_a_pause() {
    let file = office_file(&json!({}));
    // The event at 16:30 UTC may have been a resume: Atlas refuses the pause until 17:30.
    let history = changed("2026-11-27T16:30:00Z");

    for (now, expected) in [
        ("2026-11-27T17:05:00Z", Some(ScheduleAction::Pause)),
        ("2026-11-27T17:40:00Z", Some(ScheduleAction::Pause)),
        ("2026-11-27T17:50:00Z", None),
    ] {
        let (action, _) = decide(&file, &cluster(RUNNING), &history, now);
        assert_eq!(action, expected, "{now}");
    }
}

#[test]
fn refused_start_is_retried_after_the_catch_up_time() {
    let file = office_file(&json!({}));
    let history = ClusterHistory {
        refused_start: Some(time("2026-11-27T07:10:00Z")),
        ..ClusterHistory::default()
    };

    let (action, _) = decide(&file, &cluster(PAUSED), &history, "2026-11-27T09:00:00Z");
    assert_eq!(action, Some(ScheduleAction::Start));
}

#[test]
fn paused_cluster_that_cannot_be_resumed_is_not_started() {
    let file = office_file(&json!({ "mode": "enforce" }));
    let mut free = cluster(PAUSED);
    free.obstacle = Some(PauseObstacle::SharedTier);

    let (action, reason) = decide(
        &file,
        &free,
        &ClusterHistory::default(),
        "2026-11-27T10:00:00Z",
    );
    assert_eq!(action, None);
    assert_eq!(
        reason,
        ScheduleReason::Impossible(PauseObstacle::SharedTier)
    );
}
