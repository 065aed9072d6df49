//! Logins to databases, async and blocking.

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
        .with_address("198.51.100.7")
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
