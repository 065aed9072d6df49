//! Passes of schedules on the simulator, with its clock.

mod year;

use std::time::Duration;

use atlas_simulator::{Clock, Fault, Options, Seed};
use jiff::Timestamp;
use mongodbatlas::{
    Atlas, ClusterHandle, ClusterHistory, ClusterState, ErrorKind, PauseObstacle, ScheduleAction,
    ScheduleFile, ScheduleOutcome, SchedulePass, ScheduleReason,
};
use serde_json::{Value, json};

use crate::support::Local;

/// The time of the frozen clock, a Tuesday.
const START: &str = "2026-09-01T08:00:00Z";

/// Starts a simulator with a frozen clock: one project with two M10 clusters, `Cluster0` and `Cluster1`.
fn local() -> Local {
    let options = Options::new().with_clock(Clock::frozen());
    Local::with(options.with_seed(Seed::sized(1, 2)))
}

/// Returns a file with one schedule for all clusters.
fn schedule(running: &[&str], mode: &str) -> ScheduleFile {
    read(&json!({ "schedules": { "s": { "select": ["*"], "running": running, "mode": mode } } }))
}

fn read(document: &Value) -> ScheduleFile {
    ScheduleFile::from_document(document).unwrap()
}

/// Returns a pass that accepts the simulator's clock.
fn pass<'a>(atlas: &Atlas, file: &'a ScheduleFile) -> SchedulePass<'a> {
    atlas.schedule_pass(file).without_clock_check()
}

/// Returns the states of all clusters, by name.
async fn states(atlas: &Atlas) -> Vec<(String, ClusterState)> {
    let clusters = atlas.inventory().tree().await.unwrap();
    let clusters = clusters.clusters();
    clusters
        .map(|cluster| (cluster.name().to_owned(), cluster.state()))
        .collect()
}

/// Pauses a cluster, and waits until it is paused.
async fn paused_cluster(local: &Local, name: &str) -> ClusterHandle {
    let cluster = local.atlas.find_cluster(name).await.unwrap().handle();
    cluster.pause().await.unwrap();
    local.simulator.advance(Duration::from_mins(5));
    cluster
}

/// Returns the requests that write.
fn writes(local: &Local) -> Vec<String> {
    let requests = local.simulator.requests();
    let writes = requests.iter().filter(|request| request.method != "GET");
    writes
        .map(|request| format!("{} {}", request.method, request.path()))
        .collect()
}

#[tokio::test]
async fn pass_pauses_clusters_outside_of_their_windows() {
    let local = local();
    let file = schedule(&["mon-fri 10:00-18:00"], "enforce");

    let report = pass(&local.atlas, &file).apply().await.unwrap();

    assert_eq!(report.plan.now, START.parse::<Timestamp>().unwrap());
    assert_eq!(report.changes.len(), 2);
    for change in &report.changes {
        assert_eq!(change.action, ScheduleAction::Pause);
        assert!(
            matches!(change.outcome, ScheduleOutcome::Changed),
            "{}",
            change.outcome
        );
    }
    local.simulator.advance(Duration::from_mins(5));
    let states = states(&local.atlas).await;
    assert!(
        states
            .iter()
            .all(|(_, state)| *state == ClusterState::Paused),
        "{states:?}"
    );
}

#[tokio::test]
async fn second_pass_sends_no_write_request() {
    let local = local();
    let file = schedule(&["mon-fri 10:00-18:00"], "enforce");
    pass(&local.atlas, &file).apply().await.unwrap();
    local.simulator.advance(Duration::from_mins(5));
    local.simulator.clear_requests();

    let report = pass(&local.atlas, &file).apply().await.unwrap();

    assert_eq!(report.changes.len(), 0);
    assert_eq!(writes(&local), [""; 0]);
}

#[tokio::test]
async fn plan_sends_no_write_request() {
    let local = local();
    let file = schedule(&["mon-fri 10:00-18:00"], "enforce");

    let plan = pass(&local.atlas, &file).plan().await.unwrap();

    assert_eq!(plan.due().count(), 2);
    assert_eq!(writes(&local), [""; 0]);
}

#[tokio::test]
async fn edges_leave_a_cluster_that_was_resumed_after_the_boundary() {
    let local = local();
    let file = schedule(&["daily 06:00-08:00"], "edges");
    pass(&local.atlas, &file).apply().await.unwrap();
    local.simulator.advance(Duration::from_mins(2));
    let cluster = local.atlas.find_cluster("Cluster0").await.unwrap().handle();
    cluster.resume().await.unwrap();
    local.simulator.advance(Duration::from_mins(5));

    let plan = pass(&local.atlas, &file).plan().await.unwrap();

    let reasons: Vec<_> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.decision.reason)
        .collect();
    assert!(
        matches!(reasons[0], ScheduleReason::ChangedSince(_)),
        "{reasons:?}"
    );
    assert_eq!(reasons[1], ScheduleReason::AsScheduled);
}

#[tokio::test]
async fn journal_tells_when_a_cluster_can_be_paused_again() {
    let local = local();
    let file = schedule(&["daily 06:00-07:00"], "enforce");
    let resumed: Timestamp = "2026-09-01T07:30:00Z".parse().unwrap();
    let journal = move |_: &_, _: &str| {
        let mut history = ClusterHistory::default();
        history.resumed = Some(resumed);
        history
    };

    let pass = pass(&local.atlas, &file).with_journal(journal);
    let plan = pass.plan().await.unwrap();

    let expected = ScheduleReason::RecentlyResumed("2026-09-01T08:30:00Z".parse().unwrap());
    assert_eq!(plan.clusters[0].decision.reason, expected);
}

#[tokio::test]
async fn pause_soon_after_a_resume_is_deferred() {
    let local = local();
    let file = schedule(&["daily 06:00-07:00"], "enforce");
    let cluster = paused_cluster(&local, "Cluster0").await;
    cluster.resume().await.unwrap();
    local.simulator.advance(Duration::from_mins(20));

    let report = pass(&local.atlas, &file).apply().await.unwrap();

    assert!(matches!(
        report.changes[0].outcome,
        ScheduleOutcome::Deferred(_)
    ));
    assert!(matches!(
        report.changes[1].outcome,
        ScheduleOutcome::Changed
    ));
}

#[tokio::test]
async fn start_without_capacity_is_reported_and_retried() {
    let local = local();
    let file = schedule(&["daily 06:00-18:00"], "enforce");
    paused_cluster(&local, "Cluster1").await;
    let refusal = json!({ "error": 409, "errorCode": "OUT_OF_CAPACITY", "detail": "none left", "parameters": [] });
    local.simulator.inject(
        Fault::answer(409, "application/json", refusal.to_string())
            .for_method("PATCH")
            .times(1),
    );

    let first = pass(&local.atlas, &file).apply().await.unwrap();
    let second = pass(&local.atlas, &file).apply().await.unwrap();

    assert!(matches!(
        first.changes[0].outcome,
        ScheduleOutcome::NoCapacity(_)
    ));
    assert!(matches!(
        second.changes[0].outcome,
        ScheduleOutcome::Changed
    ));
}

#[tokio::test]
async fn lost_response_does_not_fail_the_pass() {
    let local = local();
    let file = schedule(&["daily 10:00-18:00"], "enforce");
    let lost = Fault::drop_connection().for_method("PATCH").times(1);
    local.simulator.inject(lost);

    let report = pass(&local.atlas, &file).apply().await.unwrap();

    for change in &report.changes {
        assert!(change.outcome.error().is_none(), "{}", change.outcome);
    }
}

#[tokio::test]
async fn two_passes_at_once_pause_each_cluster_once() {
    let local = local();
    let file = schedule(&["daily 10:00-18:00"], "enforce");

    let (first, second) = (pass(&local.atlas, &file), pass(&local.atlas, &file));
    let (first, second) = tokio::join!(first.apply(), second.apply());

    let reports = [first.unwrap(), second.unwrap()];
    let changes = reports.iter().flat_map(|report| &report.changes);
    for change in changes {
        assert!(change.outcome.error().is_none(), "{}", change.outcome);
    }
    local.simulator.advance(Duration::from_mins(5));
    let states = states(&local.atlas).await;
    assert!(
        states
            .iter()
            .all(|(_, state)| *state == ClusterState::Paused),
        "{states:?}"
    );
}

#[tokio::test]
async fn skewed_clock_is_refused() {
    let local = local();
    let file = schedule(&["daily 10:00-18:00"], "enforce");

    let error = local.atlas.schedule_pass(&file).apply().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error
            .to_string()
            .contains("the clock of this machine differs"),
        "{error}"
    );
    assert_eq!(writes(&local), [""; 0]);
}

#[tokio::test]
async fn clusters_that_cannot_be_paused_are_in_the_plan_with_their_reasons() {
    let local = Local::with(Options::new().with_clock(Clock::frozen()));
    let file = schedule(&[], "enforce");

    let plan = pass(&local.atlas, &file).plan().await.unwrap();

    let obstacles: Vec<_> = plan
        .clusters
        .iter()
        .filter_map(|cluster| match cluster.decision.reason {
            ScheduleReason::Impossible(obstacle) => Some(obstacle),
            _ => None,
        })
        .collect();
    assert!(obstacles.contains(&PauseObstacle::Flex), "{obstacles:?}");
    assert!(
        obstacles.contains(&PauseObstacle::SharedTier),
        "{obstacles:?}"
    );
}
