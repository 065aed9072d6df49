//! Logins to databases, async and blocking.

use std::net::Ipv4Addr;

use atlas_simulator::Fault;
use jiff::Timestamp;
use mongodbatlas::AccessFilter;

use crate::support::Local;

#[tokio::test]
async fn access_history_applies_filter() {
    let local = Local::demo();
    let project = local.project();
    let cluster = project
        .clusters()
        .try_next()
        .await
        .unwrap()
        .unwrap()
        .handle();
    let process = project.processes().try_next().await.unwrap().unwrap();
    let filter = AccessFilter::new()
        .since("2026-08-31T08:00:00Z".parse().unwrap())
        .until("2026-09-01T08:00:00Z".parse().unwrap())
        .with_success(false)
        .with_address(Ipv4Addr::new(198, 51, 100, 7))
        .with_limit(10);

    let all = cluster
        .access_history(&AccessFilter::new())
        .collect()
        .await
        .unwrap();
    let failures = cluster.access_history(&filter).collect().await.unwrap();
    let host_history = project.access_history_of_host(process.hostname(), &AccessFilter::new());
    host_history.collect().await.unwrap();

    assert!(failures.len() <= all.len());
    let requests = local.successes();
    let query =
        "start=1788163200000&end=1788249600000&authResult=false&ipAddress=198.51.100.7&nLogs=10";
    assert!(
        requests.iter().any(|request| request.ends_with(query)),
        "{requests:?}"
    );
}

#[test]
fn blocking_access_history_lists_logins() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let cluster = project.clusters().next().unwrap().unwrap().handle();
    let process = project.processes().next().unwrap().unwrap();
    let filter = AccessFilter::new();

    assert!(cluster.access_history(&filter).all(|login| login.is_ok()));
    let mut host_history = project.access_history_of_host(process.hostname(), &filter);
    assert!(host_history.all(|login| login.is_ok()));
}

#[tokio::test]
async fn since_without_until_ends_now() {
    let local = Local::demo();
    let project = local.project();
    let cluster = project.clusters().try_next().await.unwrap().unwrap();
    let filter = AccessFilter::new().since("2026-09-01T07:00:00Z".parse().unwrap());

    let before = Timestamp::now().as_millisecond();
    cluster.access_history(&filter).collect().await.unwrap();
    let after = Timestamp::now().as_millisecond();

    let requests = local.successes();
    let (_, end) = requests
        .iter()
        .find_map(|request| request.split_once("start=1788246000000&end="))
        .expect("a request with an end");
    let end: i64 = end.parse().unwrap();
    assert!((before..=after).contains(&end), "{end}");
}

#[tokio::test]
async fn until_without_since_starts_seven_days_earlier() {
    let local = Local::demo();
    let project = local.project();
    let cluster = project.clusters().try_next().await.unwrap().unwrap();
    let filter = AccessFilter::new().until("2026-09-01T07:00:00Z".parse().unwrap());

    cluster.access_history(&filter).collect().await.unwrap();

    let requests = local.successes();
    let range = "start=1787641200000&end=1788246000000";
    assert!(
        requests.iter().any(|request| request.contains(range)),
        "{requests:?}"
    );
}

#[tokio::test]
async fn time_reads_java_dates() {
    let local = Local::demo();
    let project = local.project();
    let cluster = project.cluster("shop-staging");
    let logins = r#"{"accessLogs": [
        {"username": "ada", "authResult": true, "timestamp": "Fri Mar 03 17:45:09 GMT 2023"},
        {"username": "bob", "authResult": true, "timestamp": "2023-03-03T17:45:09Z"},
        {"username": "eve", "authResult": false, "timestamp": "unknown"}
    ]}"#;
    let response = Fault::answer(200, "application/json", logins);
    local.simulator.inject(response.when_authorized());

    let history = cluster.access_history(&AccessFilter::new());
    let history = history.collect().await.unwrap();

    let times = [0, 1, 2].map(|index| history[index].time());
    let time = "2023-03-03T17:45:09Z".parse().ok();
    assert_eq!(times, [time, time, None]);
}
