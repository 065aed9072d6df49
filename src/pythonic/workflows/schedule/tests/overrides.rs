//! Overrides and the tag `keep-awake`. In November, Berlin is one hour ahead of UTC; 2026-11-27 is a Friday.

use serde_json::json;

use super::{PAUSED, RUNNING, action, cluster, decide, file, office_file, tagged, time};
use crate::pythonic::workflows::schedule::{ClusterHistory, ScheduleAction, ScheduleReason};

#[test]
fn keep_awake_prevents_pauses_and_starts_nothing() {
    let file = office_file(&json!({ "mode": "enforce" }));
    let night = "2026-11-28T10:00:00Z";

    for (value, end) in [
        ("forever", None),
        ("Forever", None),
        ("until spring", None),
        ("2026-11-28", Some("2026-11-28T23:00:00Z")),
        ("2026-11-28 12:00", Some("2026-11-28T11:00:00Z")),
    ] {
        let awake = tagged(cluster(RUNNING), "keep-awake", value);
        let (action, reason) = decide(&file, &awake, &ClusterHistory::default(), night);
        assert_eq!(action, None, "{value}");
        assert_eq!(reason, ScheduleReason::KeptAwake(end.map(time)), "{value}");
    }
    let paused = tagged(cluster(PAUSED), "keep-awake", "forever");
    assert_eq!(action(&file, &paused, night), None);
    let expired = tagged(cluster(RUNNING), "keep-awake", "2026-11-27");
    assert_eq!(action(&file, &expired, night), Some(ScheduleAction::Pause));
}

#[test]
fn end_of_keep_awake_is_a_boundary() {
    let file = office_file(&json!({}));
    let awake = tagged(cluster(RUNNING), "keep-awake", "2026-11-28 12:00");

    // 12:00 in Berlin is 11:00 UTC.
    assert_eq!(action(&file, &awake, "2026-11-28T10:59:00Z"), None);
    assert_eq!(
        action(&file, &awake, "2026-11-28T11:05:00Z"),
        Some(ScheduleAction::Pause)
    );
    assert_eq!(action(&file, &awake, "2026-11-28T11:30:00Z"), None);
}

#[test]
fn invalid_keep_awake_is_reported() {
    let file = office_file(&json!({}));
    let awake = tagged(cluster(RUNNING), "keep-awake", "soon");

    let decision = file.decide(
        &awake,
        &ClusterHistory::default(),
        time("2026-11-27T10:00:00Z"),
    );
    assert!(decision.has_invalid_tag);
}

#[test]
fn override_keeps_a_cluster_running() {
    let file = file(&json!({
        "timezone": "Europe/Berlin",
        "schedules": { "office": { "select": ["*"], "running": ["mon-fri 08:00-18:00"], "mode": "enforce" } },
        "overrides": [{ "cluster": "Storefront:dev-1", "until": "2026-11-27 21:00" }]
    }));

    assert_eq!(
        action(&file, &cluster(RUNNING), "2026-11-27T19:00:00Z"),
        None
    );
    assert_eq!(
        action(&file, &cluster(PAUSED), "2026-11-27T19:00:00Z"),
        Some(ScheduleAction::Start)
    );
    assert_eq!(
        action(&file, &cluster(RUNNING), "2026-11-27T20:00:00Z"),
        Some(ScheduleAction::Pause)
    );
    let mut other = cluster(RUNNING);
    other.name = "dev-2".to_owned();
    assert_eq!(
        action(&file, &other, "2026-11-27T19:00:00Z"),
        Some(ScheduleAction::Pause)
    );
}

#[test]
fn override_starts_a_paused_cluster_in_the_mode_edges() {
    let file = file(&json!({
        "schedules": { "s": { "select": ["*"], "running": ["daily 08:00-18:00"] } },
        "overrides": [{ "cluster": "dev-1", "until": "2026-11-28 06:00" }]
    }));

    let (action, reason) = decide(
        &file,
        &cluster(PAUSED),
        &ClusterHistory::default(),
        "2026-11-27T20:00:00Z",
    );
    assert_eq!(action, Some(ScheduleAction::Start));
    assert_eq!(
        reason,
        ScheduleReason::Overridden(time("2026-11-28T06:00:00Z"))
    );
    // The end of the override is a boundary, and the next window starts as usual.
    let running = cluster(RUNNING);
    assert_eq!(
        self::action(&file, &running, "2026-11-28T06:05:00Z"),
        Some(ScheduleAction::Pause)
    );
    let paused = cluster(PAUSED);
    assert_eq!(
        self::action(&file, &paused, "2026-11-28T08:05:00Z"),
        Some(ScheduleAction::Start)
    );
}

#[test]
fn override_does_not_hide_a_start_before_its_end() {
    let file = file(&json!({
        "schedules": { "s": { "select": ["*"], "running": ["daily 08:00-18:00"] } },
        "overrides": [{ "cluster": "dev-1", "until": "2026-11-28 22:00" }]
    }));

    assert_eq!(
        action(&file, &cluster(PAUSED), "2026-11-28T08:05:00Z"),
        Some(ScheduleAction::Start)
    );
}
