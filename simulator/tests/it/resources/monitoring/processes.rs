//! Processes, measurements and logs.

use reqwest::Method;
use serde_json::json;

use crate::support::{Atlas, LATEST, Response};

#[tokio::test]
async fn measurements_cover_the_requested_range() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));
    let processes = atlas.get(&format!("{group}/processes")).await;
    let id = processes.field("/results/0/id");
    let process = format!("{group}/processes/{}", id.as_str().unwrap());
    let times = |response: &Response| {
        let points = response.field("/measurements/0/dataPoints");
        let points = points.as_array().unwrap().iter();
        points
            .map(|point| point["timestamp"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let range = "start=2026-08-31T10:00:00Z&end=2026-08-31T10:03:00Z";

    for part in ["", "/disks/data", "/databases/admin"] {
        let path = format!("{process}{part}/measurements?granularity=PT1M");
        let response = atlas.get(&format!("{path}&{range}")).await;
        assert_eq!(response.field("/start"), "2026-08-31T10:00:00Z", "{part}");
        assert_eq!(response.field("/end"), "2026-08-31T10:03:00Z", "{part}");
        let expected = ["10:01", "10:02", "10:03"].map(|minute| format!("2026-08-31T{minute}:00Z"));
        assert_eq!(times(&response), expected, "{part}");

        let until_now = atlas
            .get(&format!("{path}&start=2026-09-01T07:50:00Z"))
            .await;
        assert_eq!(until_now.field("/end"), "2026-09-01T08:00:00Z");
        assert_eq!(times(&until_now).len(), 10);
        for invalid in [
            "start=2026-08-31T10:00:00Z&end=2026-08-31T09:00:00Z",
            "start=2026-08-31T10:00:00Z&end=later",
        ] {
            let rejected = atlas.get(&format!("{path}&{invalid}")).await;
            rejected.assert_error(400, "INVALID_QUERY_PARAMETER");
            assert_eq!(rejected.field("/parameters"), json!(["end"]));
        }
        let rejected = atlas.get(&format!("{path}&end=2026-08-31T10:00:00Z")).await;
        rejected.assert_error(400, "MISSING_QUERY_PARAMETER");
    }
    let collection = format!("{process}/shop/orders/collStats/measurements?metrics=READS_OPS");
    for _ in 0..2 {
        let response = atlas.get(&format!("{collection}&{range}")).await;
        assert_eq!(response.field("/start"), "2026-08-31T10:00:00Z");
        assert_eq!(response.field("/end"), "2026-08-31T10:03:00Z");
        let hour = atlas.get(&format!("{collection}&period=PT1H")).await;
        assert_eq!(hour.field("/start"), "2026-09-01T07:00:00Z");
        assert_eq!(hour.field("/end"), "2026-09-01T08:00:00Z");
    }
}

#[tokio::test]
async fn measurements_of_equal_times_are_equal() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));

    let processes = atlas.get(&format!("{group}/processes")).await;
    let id = processes
        .field("/results/0/id")
        .as_str()
        .unwrap()
        .to_owned();
    let path =
        format!("{group}/processes/{id}/measurements?granularity=PT1M&period=PT10M&m=CONNECTIONS");
    let (first, second) = (atlas.get(&path).await, atlas.get(&path).await);

    // One of the two clusters is paused.
    assert_eq!(processes.field("/totalCount"), 3);
    assert_eq!(
        first
            .field("/measurements/0/dataPoints")
            .as_array()
            .unwrap()
            .len(),
        10
    );
    assert_eq!(first.text, second.text);
    assert!(first.header("cache-control").starts_with("no-cache, "));
    assert_eq!(processes.header("cache-control"), "");
}

#[tokio::test]
async fn logs_are_compressed() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters("Storefront");
    let processes = clusters.replace("/clusters", "/processes");
    let host = atlas.get(&processes).await.field("/results/0/hostname");
    let host = host.as_str().unwrap();
    let path = format!("{clusters}/{host}/logs/mongodb.gz");

    let log = atlas
        .call(
            Method::GET,
            &path,
            "application/vnd.atlas.2023-02-01+gzip",
            None,
        )
        .await;
    let rejected = atlas.get_as(&path, LATEST).await;

    assert_eq!(
        log.header("content-type"),
        "application/vnd.atlas.2023-02-01+gzip"
    );
    assert!(!log.text.is_empty());
    assert_eq!(
        log.header("content-disposition"),
        format!(
            "attachment; filename=\"{host}_2026-08-31T08:00:00_2026-09-01T08:00:00_MONGODB.log.gz\""
        )
    );
    let length: usize = log.header("x-uncompressed-content-length").parse().unwrap();
    assert!(length > 0);
    rejected.assert_error(406, "INVALID_VERSION_DATE");
}

#[tokio::test]
async fn measurements_without_names_are_those_of_the_operation() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));
    let processes = atlas.get(&format!("{group}/processes")).await;
    let id = processes.field("/results/0/id");
    let process = format!("{group}/processes/{}", id.as_str().unwrap());
    let query = "measurements?granularity=PT1M&period=PT5M";

    for (part, count, start) in [
        ("", 139, ""),
        ("/disks/data", 21, "DISK_"),
        ("/databases/admin", 9, "DATABASE_"),
    ] {
        let response = atlas.get(&format!("{process}{part}/{query}")).await;
        let measurements = response.field("/measurements");
        let measurements = measurements.as_array().unwrap();
        assert_eq!(measurements.len(), count, "{part}");
        for measurement in measurements {
            let name = measurement["name"].as_str().unwrap();
            let name = name.strip_prefix("MAX_").unwrap_or(name);
            assert!(name.starts_with(start), "{part}: {name}");
            assert_eq!(measurement["dataPoints"].as_array().unwrap().len(), 5);
        }
    }
}

#[tokio::test]
async fn invalid_granularities_disks_and_databases_are_rejected() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Café Zürich"));
    let processes = atlas.get(&format!("{group}/processes")).await;
    let id = processes.field("/results/0/id");
    let process = format!("{group}/processes/{}", id.as_str().unwrap());
    let query = "measurements?granularity=PT1M&period=PT5M";

    let granularity = query.replace("PT1M", "PT2M");
    let granularity = atlas.get(&format!("{process}/{granularity}")).await;
    let disk = atlas.get(&format!("{process}/disks/nodisk/{query}")).await;
    let database = atlas
        .get(&format!("{process}/databases/nodb/{query}"))
        .await;

    granularity.assert_error(400, "INVALID_GRANULARITY");
    disk.assert_error(404, "DEVICE_NOT_FOUND");
    database.assert_error(404, "DATABASE_NOT_FOUND");
}
