//! Processes and measurements, async and blocking.

use jiff::SignedDuration;
use mongodbatlas::MeasurementQuery;

use crate::support::Local;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[tokio::test]
async fn lists_fetches_and_measures_processes() {
    let local = Local::demo();
    let project = local.project();
    let query = MeasurementQuery::last(HOUR, 24 * HOUR).with_metric("CONNECTIONS");

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
        HOUR,
        "2026-08-31T00:00:00Z".parse().unwrap(),
        "2026-09-01T00:00:00Z".parse().unwrap(),
    );
    let process = project.processes().try_next().await.unwrap().unwrap();
    let handle = process.handle();

    let disks = handle.disks().collect().await.unwrap();
    let disk = handle.disk_measurements("data", &query).await.unwrap();
    let databases = handle.databases().collect().await.unwrap();
    let name = databases.first().expect("a database").name();
    let database = handle.database_measurements(name, &query).await.unwrap();

    assert!(disks.iter().all(|disk| !disk.name().is_empty()));
    assert!(
        databases
            .iter()
            .all(|database| database.document().as_str().starts_with('{'))
    );
    assert!(disk.start() < disk.end());
    assert!(database.series().count() > 0);
}

#[test]
fn blocking_lists_fetches_and_measures_processes() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let query = MeasurementQuery::last(HOUR, 24 * HOUR);

    let process = project.processes().next().unwrap().unwrap();
    let handle = process.handle();

    assert_eq!(handle.get().unwrap().hostname(), process.hostname());
    assert!(handle.measurements(&query).unwrap().series().count() > 0);
    assert!(handle.disks().all(|disk| disk.is_ok()));
    assert!(handle.disk_measurements("data", &query).is_ok());
    let database = handle.databases().next().unwrap().unwrap();
    let measurements = handle.database_measurements(database.name(), &query);
    assert!(measurements.unwrap().series().count() > 0);
}

#[tokio::test]
async fn durations_are_sent_as_iso_8601() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();

    let query = MeasurementQuery::last(HOUR, 48 * HOUR).with_metric("CONNECTIONS");
    process.measurements(&query).await.unwrap();

    let requests = local.successes();
    let query = "granularity=PT1H&m=CONNECTIONS&period=P2D";
    assert!(
        requests.iter().any(|request| request.ends_with(query)),
        "{requests:?}"
    );
}

#[tokio::test]
async fn period_shorter_than_granularity_is_rejected_without_request() {
    let local = Local::demo();
    let project = local.project();
    let process = project.process("host.example:27017");

    let swapped = MeasurementQuery::last(24 * HOUR, HOUR);
    let error = process.measurements(&swapped).await.unwrap_err();

    assert!(error.is_invalid_input() && error.hint().is_some());
    assert_eq!(
        error.to_string(),
        "time range `PT1H` shorter than the granularity `PT24H`"
    );
    assert!(local.simulator.requests().is_empty());
}
