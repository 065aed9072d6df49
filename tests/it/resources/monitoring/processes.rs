//! Processes, measurements and logs, async and blocking.

use std::io::{self, Read, Write};

use flate2::read::GzDecoder;
use mongodbatlas::{LogRequest, MeasurementQuery};

use crate::support::Local;

#[tokio::test]
async fn lists_fetches_and_measures_processes() {
    let local = Local::demo();
    let project = local.project();
    let query = MeasurementQuery::last("PT1H", "P1D").with_metric("CONNECTIONS");

    let listed = project.processes().collect().await.unwrap();
    let process = listed.first().expect("a process");
    let handle = process.handle();
    let fetched = handle.get().await.unwrap();
    let measurements = handle.measurements(&query).await.unwrap();

    assert_eq!(fetched.process_id(), process.process_id());
    let (host, port) = (process.hostname(), process.port().unwrap());
    assert_eq!(process.process_id(), format!("{host}:{port}"));
    assert_eq!(measurements.granularity(), "PT1H");
    let series: Vec<_> = measurements.series().collect();
    assert_eq!(series.len(), 1, "{series:?}");
    assert_eq!(series[0].name, "CONNECTIONS");
    assert!(series[0].points.len() > 1);
    assert!(series[0].points.is_sorted_by_key(|point| point.time));
    let json = serde_json::to_value(&series[0]).unwrap();
    assert_eq!(
        json["points"][0]["time"],
        series[0].points[0].time.to_string()
    );
}

#[tokio::test]
async fn measures_disks_and_databases() {
    let local = Local::demo();
    let project = local.project();
    let query = MeasurementQuery::between(
        "PT1H",
        "2026-08-31T00:00:00Z".parse().unwrap(),
        "2026-09-01T00:00:00Z".parse().unwrap(),
    );
    let process = project.processes().try_next().await.unwrap().unwrap();
    let handle = process.handle();

    let disks = handle.disks().collect().await.unwrap();
    let disk = handle.disk_measurements("data", &query).await.unwrap();
    let databases = handle.databases().collect().await.unwrap();
    let database = handle.database_measurements("shop", &query).await.unwrap();

    assert!(disks.iter().all(|disk| !disk.name().is_empty()));
    assert!(
        databases
            .iter()
            .all(|database| database.document().as_str().starts_with('{'))
    );
    assert!(disk.start() < disk.end());
    assert!(database.series().count() > 0);
}

#[tokio::test]
async fn download_log_writes_log_and_reports_progress() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();
    let log = LogRequest::new(process.hostname(), "mongodb")
        .since("2026-09-01T07:00:00Z".parse().unwrap())
        .until("2026-09-01T08:00:00Z".parse().unwrap());

    let (mut file, mut progress) = (Vec::new(), Vec::new());
    let bytes = project
        .download_log(&log, &mut file, |total| progress.push(total))
        .await
        .unwrap();

    assert_eq!(bytes, file.len() as u64);
    assert_eq!(progress.last(), Some(&bytes));
    assert!(progress.is_sorted());
    let mut text = String::new();
    GzDecoder::new(file.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    assert!(!text.is_empty());
    let requests = local.successes();
    let end = "endDate=1788249600";
    assert!(
        requests.iter().any(|request| request.contains(end)),
        "{requests:?}"
    );
}

/// A writer that fails as on a full disk.
struct FullDisk;

impl Write for FullDisk {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn download_log_reports_failing_writer() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();
    let log = LogRequest::new(process.hostname(), "mongodb");

    let error = project
        .download_log(&log, &mut FullDisk, |_| {})
        .await
        .unwrap_err();

    assert!(
        error.to_string().contains("cannot write the response body"),
        "{error}"
    );
}

#[test]
fn blocking_measures_processes_and_downloads_log() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let query = MeasurementQuery::last("PT1H", "P1D");

    let process = project.processes().next().unwrap().unwrap();
    let handle = process.handle();
    let log = LogRequest::new(process.hostname(), "mongodb");
    let (mut file, mut progress) = (Vec::new(), 0);
    let bytes = project
        .download_log(&log, &mut file, |total| progress = total)
        .unwrap();

    assert_eq!(handle.get().unwrap().hostname(), process.hostname());
    assert!(handle.measurements(&query).unwrap().series().count() > 0);
    assert!(handle.disks().all(|disk| disk.is_ok()));
    assert!(handle.disk_measurements("data", &query).is_ok());
    assert!(handle.databases().all(|database| database.is_ok()));
    assert!(handle.database_measurements("shop", &query).is_ok());
    assert_eq!((progress, file.len() as u64), (bytes, bytes));
}
