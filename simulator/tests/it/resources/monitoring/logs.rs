//! Downloads of logs and the audit log configuration.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, Response};

const GZIP: &str = "application/vnd.atlas.2023-02-01+gzip";

/// Returns the path of the logs of the first host.
async fn logs_path(atlas: &Atlas) -> String {
    let clusters = atlas.clusters("Storefront");
    let processes = clusters.replace("/clusters", "/processes");
    let host = atlas.get(&processes).await.field("/results/0/hostname");
    format!("{clusters}/{}/logs", host.as_str().unwrap())
}

async fn download(atlas: &Atlas, path: &str) -> Response {
    let response = atlas.call(Method::GET, path, GZIP, None).await;
    assert_eq!(response.status, 200, "{response:?}");
    response
}

/// Returns the number of lines that the server compressed.
fn uncompressed_length(response: &Response) -> usize {
    let length = response.header("x-uncompressed-content-length");
    length.parse().unwrap()
}

fn seconds(time: &str) -> i64 {
    time.parse::<jiff::Timestamp>().unwrap().as_second()
}

#[tokio::test]
async fn log_covers_the_requested_range() {
    let atlas = Atlas::demo().await;
    let log = format!("{}/mongodb.gz", logs_path(&atlas).await);
    let (start, end) = (
        seconds("2026-08-31T10:00:00Z"),
        seconds("2026-08-31T10:10:00Z"),
    );

    let range = download(&atlas, &format!("{log}?startDate={start}&endDate={end}")).await;
    let day = download(&atlas, &log).await;
    let future = download(
        &atlas,
        &format!("{log}?startDate={}", seconds("2026-09-02T00:00:00Z")),
    )
    .await;

    let name = range.header("content-disposition");
    assert!(
        name.contains("_2026-08-31T10:00:00_2026-08-31T10:10:00_"),
        "{name}"
    );
    let line = uncompressed_length(&day) / (24 * 60);
    let lines = uncompressed_length(&range) / line;
    assert!((9..=11).contains(&lines), "{lines}");
    assert_eq!(uncompressed_length(&future), 0);
}

#[tokio::test]
async fn log_without_an_end_covers_24_hours() {
    let atlas = Atlas::demo().await;
    let log = format!("{}/mongodb.gz", logs_path(&atlas).await);
    let start = seconds("2026-08-25T00:00:00Z");

    let response = download(&atlas, &format!("{log}?startDate={start}")).await;

    let name = response.header("content-disposition");
    assert!(
        name.contains("_2026-08-25T00:00:00_2026-08-26T00:00:00_"),
        "{name}"
    );
}

#[tokio::test]
async fn audit_and_query_logs_have_the_formats_of_atlas() {
    let atlas = Atlas::demo().await;
    let logs = logs_path(&atlas).await;
    let project = format!("/api/atlas/v2/groups/{}", atlas.project("Storefront"));
    let lake = json!({ "name": "lake" });
    atlas.post(&format!("{project}/dataFederation"), lake).await;

    let server = download(&atlas, &format!("{logs}/mongodb.gz")).await;
    let audit = download(&atlas, &format!("{logs}/mongodb-audit-log.gz")).await;
    let query = format!("{project}/dataFederation/lake/queryLogs.gz");
    let accept = "application/vnd.atlas.2023-01-01+gzip";
    let query = atlas.call(Method::GET, &query, accept, None).await;

    assert_ne!(uncompressed_length(&server), uncompressed_length(&audit));
    assert!(
        audit
            .header("content-disposition")
            .contains("_MONGODB_AUDIT_LOG.")
    );
    assert_eq!(query.header("content-type"), "application/gzip");
}

#[tokio::test]
async fn audit_filter_sets_the_configuration_type() {
    let atlas = Atlas::demo().await;
    let audit_log = format!("/api/atlas/v2/groups/{}/auditLog", atlas.project("Sandbox"));

    let before = atlas.get(&audit_log).await;
    let filter = json!({ "enabled": true, "auditFilter": "{\"atype\": \"authenticate\"}\n" });
    let updated = atlas.patch(&audit_log, filter).await;
    let invalid = atlas
        .patch(&audit_log, json!({ "auditFilter": "{nope" }))
        .await;
    let settings = atlas.get(&audit_log).await;

    assert_eq!(before.field("/configurationType"), "NONE");
    assert_eq!(updated.status, 202);
    assert_eq!(settings.field("/configurationType"), "FILTER_JSON");
    assert_eq!(
        settings.field("/auditFilter"),
        "{\"atype\": \"authenticate\"}"
    );
    assert_eq!(settings.field("/enabled"), Value::Bool(true));
    invalid.assert_error(400, "INVALID_ATTRIBUTE");
}
