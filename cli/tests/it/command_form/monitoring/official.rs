//! Tests official mode: plain output and the parameters of requests.

use super::{HOST, run_line, run_official};
use crate::support::Atlas;

/// Returns the query of the last request whose path contains a text.
fn query_of(atlas: &Atlas, path: &str) -> String {
    let requests = atlas.simulator.requests();
    let mut sent = requests.iter().rev();
    let sent = sent.find(|request| request.path().contains(path)).unwrap();
    let query = sent.path_and_query.split_once('?');
    query.map(|(_, query)| query).unwrap_or_default().to_owned()
}

#[test]
fn plain_access_logs_have_a_line_for_each_login() {
    let atlas = Atlas::demo();
    run_line(
        &atlas,
        "dbusers create readAnyDatabase --username reporting --password correct-horse-9",
    );
    atlas.simulator.advance(std::time::Duration::from_hours(12));

    let text = run_official(&atlas, "accessLogs list --clusterName shop-production").data();

    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 13, "{text}");
    assert!(lines[0].starts_with("HOSTNAME"));
    for line in &lines[1..] {
        assert!(line.starts_with("shop-production-shard-00-"), "{line}");
        assert!(
            line.contains(" true ") || line.contains(" false "),
            "{line}"
        );
    }
    assert_eq!(query_of(&atlas, "/dbAccessHistory/"), "nLogs=20000");
}

/// Command lines, a part of the path and the query that follows.
const QUERIES: &[(&str, &str, &str)] = &[
    (
        "accesslogs ls --hostname HOST --authResult success --start 1785542400000 --nLog 5",
        "/dbAccessHistory/processes/",
        "authResult=true&nLogs=5&start=1785542400000",
    ),
    (
        "performanceAdvisor slowQueryLogs list --processName HOST:27017 --since 1785542400000 --namespaces a.b,c.d",
        "/slowQueryLogs",
        "since=1785542400000&namespaces=a.b&namespaces=c.d&nLogs=20000",
    ),
    (
        "performance-advisor suggestedindexes ls --processName HOST:27017 --duration 3600000 --nIndexes 2",
        "/suggestedIndexes",
        "duration=3600000&nIndexes=2&nExamples=5",
    ),
    (
        "performanceadvisor namespace ls --hostId HOST:27017",
        "/performanceAdvisor/namespaces",
        "",
    ),
    (
        "measurement process HOST:27017 --granularity PT1H --period P1DT12H --type CONNECTIONS,CURSORS_TOTAL_OPEN",
        "/measurements",
        "granularity=PT1H&period=P1DT12H&m=CONNECTIONS&m=CURSORS_TOTAL_OPEN",
    ),
    ("datafederation ls", "/dataFederation", "type=USER"),
    (
        "dataFederation ls --type ONLINE_ARCHIVE",
        "/dataFederation",
        "type=ONLINE_ARCHIVE",
    ),
];

#[test]
fn flags_are_sent_as_the_official_parameters() {
    let atlas = Atlas::demo();
    for (line, path, query) in QUERIES {
        let run = run_official(&atlas, &line.replace("HOST", HOST));

        assert_eq!(run.exit, Some(0), "{line}: {run}");
        let sent = query_of(&atlas, path);
        let mut sent: Vec<_> = sent.split('&').collect();
        let mut query: Vec<_> = query.split('&').collect();
        sent.sort_unstable();
        query.sort_unstable();
        assert_eq!(sent, query, "{line}");
    }
}

#[test]
fn plain_columns_are_the_official_ones() {
    let atlas = Atlas::demo();
    let process = format!("process describe {HOST}:27017");
    let databases = format!("metric database ls {HOST}:27017");
    let disks = format!("metric disk ls {HOST}:27017");
    for (line, heading) in [
        (process.as_str(), "ID REPLICA SET NAME SHARD NAME VERSION"),
        (&databases, "DATABASE NAME"),
        (&disks, "PARTITION NAME"),
        ("alert list", "ID TYPE STATUS"),
        ("alerts config ls", "ID TYPE ENABLED"),
    ] {
        let text = run_official(&atlas, line).data();
        let first = text.lines().next().unwrap_or_default();
        let words: Vec<_> = first.split_whitespace().collect();
        assert_eq!(words.join(" "), heading, "{line}");
    }
}

#[test]
fn update_replaces_the_configuration_without_reading_it() {
    let atlas = Atlas::demo();
    let id = run_line(&atlas, "alerts settings list -o ids").data();
    let id = id.lines().next().unwrap();
    let before = atlas.requests().len();

    let line = format!(
        "alerts settings update {id} --event NO_PRIMARY --notificationType GROUP --notificationIntervalMin 5 \
         --notificationEmailEnabled -o json"
    );
    let text = run_official(&atlas, &line).data();

    assert!(text.contains("\"enabled\": false"), "{text}");
    let requests = atlas.requests();
    assert_eq!(requests.len(), before + 1);
    assert!(requests[before].starts_with("PUT "));
}

#[test]
fn measurements_need_a_granularity() {
    let atlas = Atlas::demo();

    let run = run_official(&atlas, &format!("metrics processes {HOST}:27017"));

    assert_eq!(run.exit, Some(2));
    assert_eq!(run.error_and_hint().0, "missing option `--granularity`");
}
