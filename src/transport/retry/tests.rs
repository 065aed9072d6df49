//! Decisions, without anything being sent.

use http::HeaderMap;
use http::header::RETRY_AFTER;

use super::*;
use crate::error::ErrorKind;

fn retries(policy: RetryPolicy) -> Retries {
    Retries::new(policy.with_seed(7))
}

fn progress(safety: Idempotency, attempts: u32) -> Progress {
    let mut progress = Progress::new(safety);
    progress.attempts = attempts;
    progress
}

fn status(status: u16, retry_after: Option<&str>) -> Error {
    let mut headers = HeaderMap::new();
    if let Some(text) = retry_after {
        headers.insert(RETRY_AFTER, text.parse().unwrap());
    }
    Error::from_answer(status, Some(("GET", "/")), &headers, b"")
}

fn broken() -> Error {
    Error::new(ErrorKind::Connection, "the connection broke")
}

fn wait(safety: Idempotency, error: &Error) -> Option<Duration> {
    retries(RetryPolicy::default()).next(&mut progress(safety, 1), error)
}

#[tokio::test(start_paused = true)]
async fn only_what_may_pass_is_tried_again() {
    for code in [429, 500, 502, 503, 504] {
        assert!(
            wait(Idempotency::Idempotent, &status(code, None)).is_some(),
            "{code}"
        );
    }
    for code in [400, 401, 403, 404, 405, 409, 410, 422, 501, 505] {
        assert!(
            wait(Idempotency::Idempotent, &status(code, None)).is_none(),
            "{code}"
        );
    }
    assert!(wait(Idempotency::Idempotent, &broken()).is_some());
    assert!(wait(Idempotency::Idempotent, &Error::new(ErrorKind::Tls, "no")).is_none());
    assert!(
        wait(
            Idempotency::Idempotent,
            &Error::new(ErrorKind::InvalidResponse, "html")
        )
        .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn non_idempotent_requests_retry_only_if_unsent() {
    assert!(wait(Idempotency::NonIdempotent, &status(429, None)).is_some());
    assert!(wait(Idempotency::NonIdempotent, &broken().with_nothing_sent()).is_some());

    for code in [500, 502, 503, 504] {
        assert!(
            wait(Idempotency::NonIdempotent, &status(code, Some("1"))).is_none(),
            "{code}"
        );
    }
    assert!(wait(Idempotency::NonIdempotent, &broken()).is_none());
    assert!(
        wait(
            Idempotency::NonIdempotent,
            &Error::new(ErrorKind::Timeout, "late")
        )
        .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long() {
    assert_eq!(
        wait(Idempotency::NonIdempotent, &status(429, Some("55"))),
        Some(Duration::from_secs(55))
    );
    assert_eq!(
        wait(Idempotency::Idempotent, &status(503, Some("0"))),
        Some(Duration::ZERO)
    );

    let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(30);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&date);
    let waited = wait(
        Idempotency::NonIdempotent,
        &status(429, Some(&date.unwrap())),
    )
    .unwrap();
    assert!((28..=30).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn delays_are_drawn_from_a_doubling_range() {
    let policy = RetryPolicy::default()
        .with_attempts(100)
        .with_budget(100_000);
    let retries = retries(policy.with_total_time(Duration::MAX));

    for (attempts, most) in [
        (1, 200),
        (2, 400),
        (3, 800),
        (7, 12_800),
        (8, 20_000),
        (60, 20_000),
    ] {
        let draws: Vec<_> = (0..200)
            .map(|_| retries.next(&mut progress(Idempotency::Idempotent, attempts), &broken()))
            .map(|wait| wait.unwrap().as_millis())
            .collect();
        assert!(draws.iter().all(|wait| *wait <= most), "{attempts}");
        assert!(draws.iter().any(|wait| *wait > most * 9 / 10), "{attempts}");
        assert!(draws.iter().any(|wait| *wait < most / 10), "{attempts}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_are_limited() {
    let retries = retries(RetryPolicy::default());

    assert!(
        retries
            .next(&mut progress(Idempotency::Idempotent, 3), &broken())
            .is_some()
    );
    assert!(
        retries
            .next(&mut progress(Idempotency::Idempotent, 4), &broken())
            .is_none()
    );
    assert!(
        Retries::new(RetryPolicy::none())
            .next(&mut progress(Idempotency::Idempotent, 1), &broken())
            .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn the_time_is_limited() {
    let mut progress = progress(Idempotency::Idempotent, 1);
    let retries = retries(RetryPolicy::default());
    assert!(
        retries
            .next(&mut progress, &status(503, Some("181")))
            .is_none()
    );
    assert!(
        retries
            .next(&mut progress, &status(503, Some("180")))
            .is_some()
    );

    tokio::time::advance(Duration::from_secs(170)).await;

    assert!(
        retries
            .next(&mut progress, &status(503, Some("11")))
            .is_none()
    );
    assert!(
        retries
            .next(&mut progress, &status(503, Some("9")))
            .is_some()
    );
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_shared_and_earned_back() {
    let retries = retries(RetryPolicy::default().with_budget(2));
    let next = |error: &Error| {
        retries
            .next(&mut progress(Idempotency::Idempotent, 1), error)
            .is_some()
    };

    assert!(next(&broken()) && next(&broken()) && !next(&broken()));
    assert!(next(&status(429, Some("1"))), "asked for by the server");
    assert!(!next(&status(429, None)));
    for _ in 0..10 {
        retries.succeeded();
    }
    assert!(next(&broken()) && !next(&broken()));
}

#[tokio::test(start_paused = true)]
async fn only_a_try_that_may_have_been_carried_out_counts_as_one() {
    let retries = retries(RetryPolicy::default());
    let mut progress = progress(Idempotency::Idempotent, 1);

    retries.next(&mut progress, &status(429, None));
    retries.next(&mut progress, &broken().with_nothing_sent());
    assert!(!progress.is_repeated());

    retries.next(&mut progress, &broken());
    assert!(progress.is_repeated());
}

#[tokio::test(start_paused = true)]
async fn nothing_is_waited_for_beyond_the_deadline() {
    let wait = |seconds: &'static str| async move {
        let mut progress = progress(Idempotency::Idempotent, 1);
        retries(RetryPolicy::default()).next(&mut progress, &status(503, Some(seconds)))
    };
    let minute = Duration::from_mins(1);

    assert!(deadline::with_timeout(minute, wait("59")).await.is_some());
    assert!(deadline::with_timeout(minute, wait("61")).await.is_none());
}
