//! Scripted polls, with tokio's clock paused.

use std::{cell::RefCell, future::pending};

use super::*;
use crate::pythonic::workflows::wait::Cancellation;

const SECOND: Duration = Duration::from_secs(1);

type Poll = fn() -> Result<PollResult<&'static str>>;

#[expect(clippy::unnecessary_wraps, reason = "other polls fail")]
fn poll_result(state: ClusterState) -> Result<PollResult<&'static str>> {
    let reached = (state == ClusterState::Paused).then_some("paused");
    Ok(PollResult { state, reached })
}

fn pausing() -> Result<PollResult<&'static str>> {
    poll_result(ClusterState::Pausing)
}

fn paused() -> Result<PollResult<&'static str>> {
    poll_result(ClusterState::Paused)
}

fn broken() -> Result<PollResult<&'static str>> {
    Err(Error::new(ErrorKind::Connection, "broken").with_request("GET", "/"))
}

/// Waits with scripted polls, the last of which repeats. Returns the outcome and the number of polls.
async fn wait_with(wait: Wait<'_>, polls: Vec<Poll>) -> (Result<&'static str>, usize) {
    let count = RefCell::new(0);
    let poll = || {
        let number = count.replace_with(|count| *count + 1);
        std::future::ready(polls[number.min(polls.len() - 1)]())
    };
    let outcome = wait.poll_until("cluster `demo` to be paused", poll).await;
    let count = *count.borrow();
    (outcome, count)
}

#[tokio::test(start_paused = true)]
async fn interval_doubles_up_to_the_longest() {
    let mut reports = Vec::new();
    let wait = Wait::new().with_progress(|progress| {
        let next = progress.next_poll().map(|delay| delay.as_secs());
        reports.push((progress.elapsed().as_secs(), next));
    });
    let mut polls: Vec<Poll> = vec![pausing; 7];
    polls.push(paused);

    let (outcome, _) = wait_with(wait, polls).await;

    assert_eq!(outcome.unwrap(), "paused");
    let expected = [
        (0, Some(2)),
        (2, Some(4)),
        (6, Some(8)),
        (14, Some(16)),
        (30, Some(30)),
        (60, Some(30)),
        (90, Some(30)),
        (120, None),
    ];
    assert_eq!(reports, expected);
}

#[tokio::test(start_paused = true)]
async fn timeout_error_contains_target_time_and_state() {
    let started = Instant::now();

    let (outcome, polls) = wait_with(Wait::from(SECOND * 100), vec![pausing]).await;

    let error = outcome.unwrap_err();
    assert!(error.is_timeout() && error.hint().is_some());
    let expected = "waited 1m 40s for cluster `demo` to be paused, last state: pausing";
    assert_eq!(error.to_string(), expected);
    assert_eq!((started.elapsed(), polls), (SECOND * 100, 7));
}

#[tokio::test(start_paused = true)]
async fn enclosing_timeout_ends_the_wait() {
    let wait = wait_with(Wait::new(), vec![pausing]);

    let (outcome, _) = with_timeout(SECOND * 10, wait).await;

    let error = outcome.unwrap_err().to_string();
    assert!(error.starts_with("waited 10s for"), "{error}");
}

fn unavailable() -> Result<PollResult<&'static str>> {
    let error = Error::new(ErrorKind::Server, "down").with_request("GET", "/");
    Err(error.with_status(503))
}

#[tokio::test(start_paused = true)]
async fn transient_failures_are_retried_until_the_timeout() {
    for failure in [broken as Poll, unavailable] {
        let mut polls: Vec<Poll> = vec![pausing];
        polls.extend([failure; 40]);
        polls.push(paused);
        let started = Instant::now();

        let (outcome, count) = wait_with(Wait::from(SECOND * 1_800), polls).await;

        assert_eq!(outcome.unwrap(), "paused");
        assert_eq!(count, 42);
        assert!(started.elapsed() > SECOND * 1_000);
    }
}

#[tokio::test(start_paused = true)]
async fn timeout_error_contains_the_last_failure() {
    let (outcome, _) = wait_with(Wait::from(SECOND * 1_800), vec![pausing, unavailable]).await;

    let error = outcome.unwrap_err();
    let expected = "waited 30m for cluster `demo` to be paused, last state: pausing, \
        last error: GET /: 503: down";
    assert_eq!(error.to_string(), expected);
    assert!(error.is_timeout() && std::error::Error::source(&error).is_some());
    let hint = error.hint().unwrap();
    assert!(hint.contains("continues on the server"), "{hint}");
}

#[tokio::test(start_paused = true)]
async fn permanent_failure_ends_the_wait() {
    let denied = || Err(Error::new(ErrorKind::Forbidden, "denied").with_request("GET", "/"));

    let (outcome, polls) = wait_with(Wait::new(), vec![pausing, denied]).await;

    assert!(outcome.unwrap_err().is_forbidden());
    assert_eq!(polls, 2);
}

#[tokio::test(start_paused = true)]
async fn cancellation_interrupts_a_poll() {
    let cancellation = Cancellation::new();
    let clone = cancellation.clone();
    tokio::spawn(async move {
        sleep(SECOND * 7).await;
        clone.cancel();
    });
    let started = Instant::now();
    let wait = Wait::new().with_cancellation(&cancellation);

    let target = "cluster `demo` to be paused";
    let outcome = wait.poll_until(target, pending::<Result<PollResult<()>>>);
    let error = outcome.await.unwrap_err();

    assert!(error.is_cancelled(), "{error}");
    let expected = "waiting for cluster `demo` to be paused was cancelled";
    assert_eq!(error.to_string(), expected);
    assert_eq!(started.elapsed(), SECOND * 7);
}

#[tokio::test(start_paused = true)]
async fn cancelled_wait_does_not_poll() {
    let cancellation = Cancellation::new();
    cancellation.cancel();
    let wait = Wait::new().with_cancellation(&cancellation);

    let (outcome, polls) = wait_with(wait, vec![paused]).await;

    assert!(outcome.unwrap_err().is_cancelled());
    assert_eq!(polls, 0);
}
