//! Faults of schedule files and selection of clusters.

use serde_json::json;

use super::{cluster, file, tagged};
use crate::pythonic::{
    resources::deployments::state::ClusterState,
    workflows::schedule::{ScheduleFile, ScheduleTarget},
};

/// Returns the faults of a document as text.
fn faults(document: &serde_json::Value) -> Vec<String> {
    let faults = ScheduleFile::from_document(document).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn all_faults_are_reported_with_their_paths() {
    let faults = faults(&json!({
        "timezone": "Mars/Base",
        "schedule": {},
        "schedules": {
            "office": {
                "select": ["dev-*", 7, { "tag": "env", "tire": "M10" }],
                "running": ["mo-fri 07:30-19:00", "mon 08:00-18:00"],
                "holidays": ["2026-12-24..2026-12-20"],
                "exceptions": [{ "running": ["10:00-16:00"] }],
                "mode": "force",
                "catch-up": "2h",
                "start-ahead": "-5m",
                "spread": "ten"
            },
            "empty": {}
        },
        "overrides": [{ "cluster": "dev-1", "until": "soon" }]
    }));

    let expected_paths = [
        "`schedule`",
        "`timezone`",
        "`schedules.empty`",
        "`schedules.empty`",
        "`schedules.office.select[1]`",
        "`schedules.office.select[2].tire`",
        "`schedules.office.select[2].tag`",
        "`schedules.office.running[0]`",
        "`schedules.office.holidays[0]`",
        "`schedules.office.exceptions[0]`",
        "`schedules.office.mode`",
        "`schedules.office.catch-up`",
        "`schedules.office.start-ahead`",
        "`schedules.office.spread`",
    ];
    for path in expected_paths {
        assert!(
            faults.iter().any(|fault| fault.starts_with(path)),
            "{path}: {faults:#?}"
        );
    }
    assert_eq!(faults.len(), expected_paths.len(), "{faults:#?}");
    assert!(
        faults
            .iter()
            .any(|fault| fault.contains("did you mean `schedules`?")),
        "{faults:#?}"
    );
}

#[test]
fn file_without_a_schedule_is_a_fault() {
    for document in [json!({}), json!({ "schedules": {} })] {
        assert!(faults(&document)[0].starts_with("`schedules`: no schedule"));
    }
    assert_eq!(faults(&json!([])), ["``: not a table"]);
}

/// Returns `true` if a schedule with this `select` applies to the cluster.
fn selects(select: &serde_json::Value, cluster: &ScheduleTarget) -> bool {
    let file = file(&json!({ "schedules": { "s": { "select": select, "running": [] } } }));
    let time = "2026-11-27T12:00:00Z".parse().unwrap();
    let (schedules, _) = file.boundaries(cluster, time, time);
    !schedules.is_empty()
}

#[test]
fn selectors_match_names_projects_tags_and_fields() {
    let cluster = tagged(cluster(ClusterState::Running), "env", "dev");
    for (select, expected) in [
        (json!(["dev-*"]), true),
        (json!(["DEV-*"]), false),
        (json!("dev-1"), true),
        (json!(["Storefront:*"]), true),
        (json!(["Store*:dev-?"]), true),
        (json!(["Other:dev-1"]), false),
        (json!(["5a0a1e7e0f2912c554080adc:dev-1"]), true),
        (json!(["tag:env=dev"]), true),
        (json!(["tag:env=prod"]), false),
        (json!(["tag:env=*"]), true),
        (json!([{ "tag": "env=dev", "region": "eu_*" }]), true),
        (json!([{ "tag": "env=dev", "region": "US_*" }]), false),
        (json!([{ "tag": ["env=dev", "owner=jo"] }]), false),
        (json!([{ "tag": ["env=prod", "env=dev"] }]), true),
        (json!([{ "tier": ["M10", "M20"], "provider": "aws" }]), true),
        (json!([{ "version": "7.*" }]), false),
        (json!([{ "project": "Storefront", "name": "dev-*" }]), true),
        (json!(["web-*", "dev-*"]), true),
        (json!([]), false),
    ] {
        assert_eq!(selects(&select, &cluster), expected, "{select}");
    }
}

#[test]
fn excluded_cluster_is_not_scheduled() {
    let file = file(&json!({
        "schedules": { "s": { "select": ["*"], "exclude": ["Storefront:dev-1"], "running": [] } }
    }));
    let time = "2026-11-27T12:00:00Z".parse().unwrap();

    let (schedules, _) = file.boundaries(&cluster(ClusterState::Running), time, time);
    assert_eq!(schedules, [""; 0]);
}

#[test]
fn selectors_without_a_match_are_listed() {
    let file = file(&json!({
        "schedules": { "s": { "select": ["dev-*", "web-*"], "running": [] } },
        "overrides": [{ "cluster": "api-1", "until": "2026-12-01" }]
    }));

    let unmatched = file.unmatched_selectors(&[cluster(ClusterState::Running)]);
    let paths: Vec<_> = unmatched.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["schedules.s.select[1]", "overrides[0].cluster"]);
}
