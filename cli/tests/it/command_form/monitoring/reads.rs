//! Tests that reading commands print the data of the simulator.

use serde_json::Value;

use super::{HOST, run_line};
use crate::support::Atlas;

/// A command, the operation that returns the same data, and a value in it.
const READS: &[(&str, &str, &str)] = &[
    ("processes list", "listGroupProcesses", "REPLICA_SECONDARY"),
    (
        "processes describe HOST:27017",
        "getGroupProcess --process-id HOST:27017",
        "REPLICA_PRIMARY",
    ),
    (
        "metrics processes HOST:27017 --granularity PT1H --period P1D",
        "getGroupProcessMeasurements --process-id HOST:27017 --granularity PT1H --period P1D",
        "CONNECTIONS",
    ),
    (
        "metrics databases list HOST:27017",
        "listGroupProcessDatabases --process-id HOST:27017",
        "config",
    ),
    (
        "metrics databases describe HOST:27017 local --start 2026-07-31 --end 2026-08-01 --granularity 1h",
        "getGroupProcessDatabaseMeasurements --process-id HOST:27017 --database-name local --granularity PT1H \
         --start 2026-07-31T00:00:00Z --end 2026-08-01T00:00:00Z",
        "DATABASE_DATA_SIZE",
    ),
    (
        "metrics disks list HOST:27017",
        "listGroupProcessDisks --process-id HOST:27017",
        "data",
    ),
    (
        "metrics disks describe HOST:27017 data",
        "getGroupProcessDiskMeasurements --process-id HOST:27017 --partition-name data --granularity PT5M --period PT1H",
        "DISK_PARTITION_SPACE_FREE",
    ),
    (
        "performance-advisor namespaces list --process-name HOST:27017",
        "listGroupProcessPerformanceAdvisorNamespaces --process-id HOST:27017",
        "data.events",
    ),
    (
        "performance-advisor slow-query-logs list --process-name HOST:27017 --namespaces data.orders --n-log 3",
        "listGroupProcessPerformanceAdvisorSlowQueryLogs --process-id HOST:27017 --namespaces data.orders --n-logs 3",
        "data.orders",
    ),
    (
        "performance-advisor suggested-indexes list --process-name HOST:27017 --n-indexes 1",
        "listGroupProcessPerformanceAdvisorSuggestedIndexes --process-id HOST:27017 --n-indexes 1",
        "data.events",
    ),
    (
        "access-logs list --cluster-name shop-production --auth-result fail --n-log 3",
        "getGroupDbAccessHistoryCluster --cluster-name shop-production --auth-result=false --n-logs 3",
        "reporting",
    ),
    (
        "access-logs list --hostname HOST --ip 203.0.113.7",
        "getGroupDbAccessHistoryProcess --hostname HOST --ip-address 203.0.113.7 --n-logs 100",
        "reporting",
    ),
    (
        "alerts settings list",
        "listGroupAlertConfigs --paginate",
        "NO_PRIMARY",
    ),
    (
        "alerts settings fields type",
        "listAlertConfigMatcherFieldNames",
        "HOSTNAME_AND_PORT",
    ),
    (
        "alerts list --status OPEN",
        "listGroupAlerts --status OPEN",
        "NO_PRIMARY",
    ),
    (
        "events projects list --min-date 2020-01-01 --limit 2",
        "listGroupEvents --min-date 2020-01-01T00:00:00Z --items-per-page 2",
        "eventTypeName",
    ),
    ("invoices list", "listOrgInvoices", "PAID"),
    ("invoices pending", "listOrgInvoicePending", "PENDING"),
    ("data-federation list", "listGroupDataFederation", "lake"),
    (
        "data-federation query-limits list --data-federation lake",
        "listGroupDataFederationLimits --tenant-name lake",
        "bytesProcessed.monthly",
    ),
    (
        "data-federation private-endpoints list",
        "listGroupPrivateNetworkSettingEndpointIds",
        "vpce-0a1b2c3d4e5f60718",
    ),
];

/// Returns the demo organization with resources for every reading command.
fn filled() -> Atlas {
    let atlas = Atlas::demo();
    for line in [
        "dbusers create readAnyDatabase --username reporting --password correct-horse-9",
        "data-federation create lake --region DUBLIN_IRL",
        "data-federation private-endpoints create vpce-0a1b2c3d4e5f60718",
    ] {
        assert_eq!(run_line(&atlas, line).exit, Some(0), "{line}");
    }
    atlas
        .simulator
        .open_alert(&atlas.project("Storefront"), "NO_PRIMARY")
        .unwrap();
    atlas.simulator.advance(std::time::Duration::from_hours(20));
    atlas
}

/// Returns a document without links, whose URLs have the parameters of the request.
fn without_links(text: &str) -> Value {
    fn remove(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.remove("links");
                fields.values_mut().for_each(remove);
            }
            Value::Array(items) => items.iter_mut().for_each(remove),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(text).unwrap();
    remove(&mut value);
    value
}

#[test]
fn json_output_is_the_response_of_the_operation() {
    let atlas = filled();
    for (line, operation, content) in READS {
        let command = format!("{line} -o json").replace("HOST", HOST);
        let run = run_line(&atlas, &command);
        assert_eq!(run.exit, Some(0), "{line}: {run}");
        let operation = format!("api {operation}").replace("HOST", HOST);
        let expected = run_line(&atlas, &operation).data();

        assert_eq!(
            without_links(&run.stdout),
            without_links(&expected),
            "{line}"
        );
        assert!(run.stdout.contains(content), "{line}: {}", run.stdout);
    }
}

#[test]
fn tables_have_a_line_for_each_item() {
    let atlas = filled();
    for (line, _, content) in READS {
        let run = run_line(&atlas, &line.replace("HOST", HOST));

        assert_eq!(run.exit, Some(0), "{line}: {run}");
        let is_named = run.stdout.contains(content);
        assert!(
            is_named || *content == "eventTypeName",
            "{line}: {}",
            run.stdout
        );
    }
}

#[test]
fn access_logs_are_shortened_with_a_hint() {
    let atlas = filled();
    atlas
        .simulator
        .advance(std::time::Duration::from_hours(110));

    let run = run_line(&atlas, "access-logs list --cluster-name shop-production");

    assert_eq!(run.stdout.lines().count(), 101);
    assert!(run.stderr.contains("`--n-log 20000` prints more"), "{run}");
}

#[test]
fn access_logs_need_a_cluster_or_a_host() {
    let atlas = Atlas::demo();

    let run = run_line(&atlas, "access-logs list");
    assert_eq!(run.exit, Some(2));
    assert_eq!(
        run.error_and_hint().0,
        "missing option `--cluster-name` or `--hostname`"
    );

    let both = format!("access-logs list --cluster-name shop-production --hostname {HOST}");
    assert_eq!(run_line(&atlas, &both).exit, Some(2));
}

#[test]
fn limit_and_page_select_measurements() {
    let atlas = Atlas::demo();
    let names = |flags: &str| {
        let line = format!("metrics processes {HOST}:27017 {flags} --jq .measurements[].name");
        let text = run_line(&atlas, &line).data();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };

    let all = names("");
    assert!(all.len() > 4);
    assert_eq!(names("--limit 2"), all[..2]);
    assert_eq!(names("--limit 2 --page 2"), all[2..4]);

    let run = run_line(&atlas, &format!("metrics processes {HOST}:27017 --limit 0"));
    assert_eq!(run.exit, Some(2));
}

#[test]
fn csv_of_measurements_has_a_line_for_each_data_point() {
    let atlas = Atlas::demo();
    let line =
        format!("metrics processes {HOST}:27017 --type CONNECTIONS --granularity 1h --period 5h");

    let csv = run_line(&atlas, &format!("{line} -o csv")).data();
    let points = run_line(
        &atlas,
        &format!("{line} --jq '.measurements[0].dataPoints|length'"),
    )
    .data();

    assert_eq!(csv.lines().next(), Some("name,units,timestamp,value"));
    assert_eq!((csv.lines().count() - 1).to_string(), points.trim());
}

#[test]
fn omitted_count_is_absent() {
    let atlas = Atlas::demo();
    let total = |line: &str| {
        let text = run_line(&atlas, &format!("{line} --limit 1 -o json")).data();
        let value: Value = serde_json::from_str(&text).unwrap();
        value.get("totalCount").cloned()
    };
    let database_list = format!("metrics databases list {HOST}:27017");
    for line in [
        "processes list",
        "alerts list",
        "events projects list",
        database_list.as_str(),
    ] {
        assert!(total(line).is_some(), "{line}");
        assert_eq!(total(&format!("{line} --omit-count")), None, "{line}");
    }
}

#[test]
fn invoice_filters_select_by_day_and_status() {
    let atlas = Atlas::demo();
    let dates = |flags: &str| {
        let line = format!("invoices list {flags} --jq '.results[].startDate'");
        run_line(&atlas, &line).data()
    };

    assert!(dates("").lines().count() > 2);
    let pending = dates("--status pending");
    assert_eq!(pending.lines().count(), 1);
    let first = pending.get(..10).unwrap();
    assert_eq!(dates(&format!("--from {first}")), pending);
    let oldest = dates("--sort-by START_DATE --order asc");
    assert!(oldest.lines().is_sorted());
}
