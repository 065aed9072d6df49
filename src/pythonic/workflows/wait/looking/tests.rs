//! Looks that a test makes up, on a clock that stands still.

use std::{cell::RefCell, future::pending};

use super::*;
use crate::pythonic::workflows::wait::Cancellation;

const SECOND: Duration = Duration::from_secs(1);

#[expect(clippy::unnecessary_wraps, reason = "a look can fail")]
fn sight(state: ClusterState) -> Result<Sight<&'static str>> {
    let reached = (state == ClusterState::Paused).then_some("paused");
    Ok(Sight { state, reached })
}

fn pausing() -> Result<Sight<&'static str>> {
    sight(ClusterState::Pausing)
}

fn broken() -> Result<Sight<&'static str>> {
    Err(Error::new(ErrorKind::Connection, "broken").with_request("GET", "/"))
}

/// Waits for something that these looks find, the last one again and again.
async fn wait_with(
    wait: Wait<'_>,
    looks: Vec<fn() -> Result<Sight<&'static str>>>,
) -> (Result<&'static str>, usize) {
    let seen = RefCell::new(0);
    let look = || {
        let number = seen.replace_with(|seen| *seen + 1);
        std::future::ready(looks[number.min(looks.len() - 1)]())
    };
    let outcome = wait.look_until("cluster `demo` to be paused", look).await;
    let looks = *seen.borrow();
    (outcome, looks)
}

#[tokio::test(start_paused = true)]
async fn looks_come_ever_less_often() {
    let mut told = Vec::new();
    let wait = Wait::new().with_progress(|progress| {
        told.push((
            progress.elapsed().as_secs(),
            progress.next_look().map(|it| it.as_secs()),
        ));
    });
    let mut looks: Vec<fn() -> _> = vec![pausing; 7];
    looks.push(|| sight(ClusterState::Paused));

    let (outcome, _) = wait_with(wait, looks).await;

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
    assert_eq!(told, expected);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_it_and_says_what_is_so_far() {
    let started = Instant::now();

    let (outcome, looks) = wait_with(Wait::from(SECOND * 100), vec![pausing]).await;

    let error = outcome.unwrap_err();
    assert!(error.is_timeout() && error.hint().is_some());
    let expected = "waited 1m 40s for cluster `demo` to be paused, and it is pausing";
    assert_eq!(error.to_string(), expected);
    assert_eq!((started.elapsed(), looks), (SECOND * 100, 7));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_around_it_counts_too() {
    let wait = wait_with(Wait::new(), vec![pausing]);

    let (outcome, _) = with_timeout(SECOND * 10, wait).await;

    assert!(
        outcome
            .unwrap_err()
            .to_string()
            .starts_with("waited 10s for")
    );
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_borne_five_times_in_a_row() {
    let mut passing: Vec<fn() -> _> = vec![broken; 5];
    passing.push(pausing);
    passing.extend([broken as fn() -> _; 5]);
    passing.push(|| sight(ClusterState::Paused));
    let (borne, _) = wait_with(Wait::new(), passing).await;
    let (given_up, looks) = wait_with(Wait::new(), vec![broken]).await;

    assert_eq!(borne.unwrap(), "paused");
    assert!(given_up.unwrap_err().is_connection());
    assert_eq!(looks, 6);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_ends_it_at_once() {
    let denied = || Err(Error::new(ErrorKind::Forbidden, "denied").with_request("GET", "/"));

    let (outcome, looks) = wait_with(Wait::new(), vec![pausing, denied]).await;

    assert!(outcome.unwrap_err().is_forbidden());
    assert_eq!(looks, 2);
}

#[tokio::test(start_paused = true)]
async fn it_can_be_called_off_even_in_the_middle_of_a_look() {
    let cancellation = Cancellation::new();
    let other = cancellation.clone();
    tokio::spawn(async move {
        sleep(SECOND * 7).await;
        other.cancel();
    });
    let started = Instant::now();
    let wait = Wait::new().with_cancellation(&cancellation);

    let outcome = wait.look_until("it", pending::<Result<Sight<()>>>).await;

    let error = outcome.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert_eq!(error.to_string(), "the wait for it was called off");
    assert_eq!(started.elapsed(), SECOND * 7);
}

#[tokio::test(start_paused = true)]
async fn what_is_called_off_before_it_begins_is_not_begun() {
    let cancellation = Cancellation::new();
    cancellation.cancel();
    let wait = Wait::new().with_cancellation(&cancellation);

    let (outcome, looks) = wait_with(wait, vec![|| sight(ClusterState::Paused)]).await;

    assert!(outcome.unwrap_err().is_cancelled());
    assert_eq!(looks, 0);
}
