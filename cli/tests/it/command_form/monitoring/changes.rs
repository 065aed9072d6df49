//! Tests that writing commands change the data that a later read returns.

use super::run_line;
use crate::support::Atlas;

/// A command, a command that reads, and its output.
type Change = (&'static str, &'static str, &'static str);

const DATA_FEDERATION: &[Change] = &[
    (
        "data-federation create lake --region DUBLIN_IRL",
        "data-federation describe lake --jq '.name, .dataProcessRegion.cloudProvider, .dataProcessRegion.region'",
        "lake\nAWS\nDUBLIN_IRL\n",
    ),
    (
        "data-federation update lake --region OREGON_USA",
        "data-federation describe lake --jq .dataProcessRegion.region",
        "OREGON_USA\n",
    ),
    (
        "data-federation query-limits create bytesProcessed.daily --value 5000000000 --overrun-policy block_and_kill \
         --data-federation lake",
        "data-federation query-limits describe bytesProcessed.daily --data-federation lake \
         --jq .value,.overrunPolicy",
        "5000000000\nBLOCK_AND_KILL\n",
    ),
    (
        "data-federation query-limits delete bytesProcessed.daily --data-federation lake --yes",
        "data-federation query-limits list --data-federation lake --jq .[].name",
        "bytesProcessed.monthly\n",
    ),
    (
        "data-federation private-endpoints create vpce-0a1b2c3d4e5f60718 --comment reports",
        "data-federation private-endpoints describe vpce-0a1b2c3d4e5f60718 \
         --jq .endpointId,.provider,.type,.comment",
        "vpce-0a1b2c3d4e5f60718\nAWS\nDATA_LAKE\nreports\n",
    ),
    (
        "data-federation private-endpoints delete vpce-0a1b2c3d4e5f60718 --force",
        "data-federation private-endpoints list --jq .results",
        "[]\n",
    ),
    (
        "data-federation delete lake --force",
        "data-federation list -o json",
        "[]\n",
    ),
];

const THRESHOLD: &[Change] = &[
    (
        "performance-advisor slow-operation-threshold disable",
        "api getGroupManagedSlowMs",
        "false\n",
    ),
    (
        "performance-advisor sot enable",
        "api getGroupManagedSlowMs",
        "true\n",
    ),
];

fn check(atlas: &Atlas, changes: &[Change]) {
    for (line, read, output) in changes {
        let run = run_line(atlas, line);
        assert_eq!(
            (run.exit, run.stderr.as_str()),
            (Some(0), ""),
            "{line}: {run}"
        );
        assert_eq!(run_line(atlas, read).stdout, *output, "{line}, then {read}");
    }
}

#[test]
fn data_federation_commands_change_the_instance() {
    check(&Atlas::demo(), DATA_FEDERATION);
}

#[test]
fn slow_operation_threshold_is_switched() {
    check(&Atlas::demo(), THRESHOLD);
}

#[test]
fn alert_is_acknowledged_until_a_day_and_unacknowledged() {
    let atlas = Atlas::demo();
    let alert = atlas
        .simulator
        .open_alert(&atlas.project("Storefront"), "NO_PRIMARY");
    let alert = alert.unwrap();
    let until = |line: &str| {
        assert_eq!(run_line(&atlas, line).exit, Some(0), "{line}");
        let read = format!("alerts describe {alert} --jq .acknowledgedUntil");
        run_line(&atlas, &read).data()
    };

    let acknowledged = until(&format!("alerts acknowledge {alert} --until 2126-12-01"));
    assert_eq!(acknowledged, "2126-12-01T00:00:00Z\n");

    let unacknowledged = until(&format!("alerts unacknowledge {alert}"));
    assert_ne!(unacknowledged, acknowledged);
}

#[test]
fn update_from_a_file_sends_the_fields_of_the_file() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("instance.json");
    let text = r#"{"dataProcessRegion": {"cloudProvider": "AWS", "region": "SYDNEY_AUS"}}"#;
    std::fs::write(&file, text).unwrap();
    run_line(&atlas, "data-federation create lake --region DUBLIN_IRL").data();

    let project = atlas.project("Storefront");
    let file = file.to_str().unwrap();
    let update = [
        "data-federation",
        "update",
        "lake",
        "--project",
        &project,
        "--file",
        file,
    ];
    atlas.run(&update).data();

    let region = "data-federation describe lake --jq .dataProcessRegion.region";
    assert_eq!(run_line(&atlas, region).data(), "SYDNEY_AUS\n");
}
