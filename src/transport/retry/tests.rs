//! Retry decisions without requests.

use http::HeaderMap;
use http::header::RETRY_AFTER;

use super::*;
use crate::error::ErrorKind;

fn new_retries(policy: RetryPolicy) -> Retries {
    Retries::new(policy.with_seed(7))
}

fn new_progress(idempotency: Idempotency, attempts: u32) -> Progress {
    let mut progress = Progress::new(idempotency);
    progress.attempts = attempts;
    progress
}

fn status_error(status: u16, retry_after: Option<&str>) -> Error {
    let mut headers = HeaderMap::new();
    if let Some(text) = retry_after {
        headers.insert(RETRY_AFTER, text.parse().unwrap());
    }
    Error::from_response(status, Some(("GET", "/")), &headers, b"")
}

fn broken_connection() -> Error {
    Error::new(ErrorKind::Connection, "the connection broke")
}

fn first_delay(idempotency: Idempotency, error: &Error) -> Option<Duration> {
    new_retries(RetryPolicy::default()).next_delay(&mut new_progress(idempotency, 1), error)
}

#[tokio::test(start_paused = true)]
async fn retries_transient_failures_only() {
    for code in [429, 500, 502, 503, 504] {
        assert!(
            first_delay(Idempotency::Idempotent, &status_error(code, None)).is_some(),
            "{code}"
        );
    }
    for code in [400, 401, 403, 404, 405, 409, 410, 422, 501, 505] {
        assert!(
            first_delay(Idempotency::Idempotent, &status_error(code, None)).is_none(),
            "{code}"
        );
    }
    assert!(first_delay(Idempotency::Idempotent, &broken_connection()).is_some());
    assert!(first_delay(Idempotency::Idempotent, &Error::new(ErrorKind::Tls, "no")).is_none());
    assert!(
        first_delay(
            Idempotency::Idempotent,
            &Error::new(ErrorKind::InvalidResponse, "html")
        )
        .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn non_idempotent_requests_retry_only_if_unsent() {
    assert!(first_delay(Idempotency::NonIdempotent, &status_error(429, None)).is_some());
    assert!(
        first_delay(
            Idempotency::NonIdempotent,
            &broken_connection().with_nothing_sent()
        )
        .is_some()
    );

    for code in [500, 502, 503, 504] {
        assert!(
            first_delay(Idempotency::NonIdempotent, &status_error(code, Some("1"))).is_none(),
            "{code}"
        );
    }
    assert!(first_delay(Idempotency::NonIdempotent, &broken_connection()).is_none());
    assert!(
        first_delay(
            Idempotency::NonIdempotent,
            &Error::new(ErrorKind::Timeout, "late")
        )
        .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_sets_the_delay() {
    assert_eq!(
        first_delay(Idempotency::NonIdempotent, &status_error(429, Some("55"))),
        Some(Duration::from_secs(55))
    );
    assert_eq!(
        first_delay(Idempotency::Idempotent, &status_error(503, Some("0"))),
        Some(Duration::ZERO)
    );

    let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(30);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&date);
    let waited = first_delay(
        Idempotency::NonIdempotent,
        &status_error(429, Some(&date.unwrap())),
    )
    .unwrap();
    assert!((28..=30).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn backoff_doubles_with_full_jitter() {
    let policy = RetryPolicy::default()
        .with_attempts(100)
        .with_budget(100_000);
    let retries = new_retries(policy.with_total_time(Duration::MAX));

    for (attempts, max) in [
        (1, 200),
        (2, 400),
        (3, 800),
        (7, 12_800),
        (8, 20_000),
        (60, 20_000),
    ] {
        let draws: Vec<_> = (0..200)
            .map(|_| {
                retries.next_delay(
                    &mut new_progress(Idempotency::Idempotent, attempts),
                    &broken_connection(),
                )
            })
            .map(|wait| wait.unwrap().as_millis())
            .collect();
        assert!(draws.iter().all(|wait| *wait <= max), "{attempts}");
        assert!(draws.iter().any(|wait| *wait > max * 9 / 10), "{attempts}");
        assert!(draws.iter().any(|wait| *wait < max / 10), "{attempts}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_are_limited() {
    let retries = new_retries(RetryPolicy::default());

    assert!(
        retries
            .next_delay(
                &mut new_progress(Idempotency::Idempotent, 3),
                &broken_connection()
            )
            .is_some()
    );
    assert!(
        retries
            .next_delay(
                &mut new_progress(Idempotency::Idempotent, 4),
                &broken_connection()
            )
            .is_none()
    );
    assert!(
        Retries::new(RetryPolicy::none())
            .next_delay(
                &mut new_progress(Idempotency::Idempotent, 1),
                &broken_connection()
            )
            .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn total_time_is_limited() {
    let mut progress = new_progress(Idempotency::Idempotent, 1);
    let retries = new_retries(RetryPolicy::default());
    assert!(
        retries
            .next_delay(&mut progress, &status_error(503, Some("181")))
            .is_none()
    );
    assert!(
        retries
            .next_delay(&mut progress, &status_error(503, Some("180")))
            .is_some()
    );

    tokio::time::advance(Duration::from_secs(170)).await;

    assert!(
        retries
            .next_delay(&mut progress, &status_error(503, Some("11")))
            .is_none()
    );
    assert!(
        retries
            .next_delay(&mut progress, &status_error(503, Some("9")))
            .is_some()
    );
}

#[tokio::test(start_paused = true)]
async fn successes_refill_the_budget() {
    let retries = new_retries(RetryPolicy::default().with_budget(2));
    let next = |error: &Error| {
        retries
            .next_delay(&mut new_progress(Idempotency::Idempotent, 1), error)
            .is_some()
    };

    assert!(
        next(&broken_connection()) && next(&broken_connection()) && !next(&broken_connection())
    );
    assert!(
        next(&status_error(429, Some("1"))),
        "directed by the server"
    );
    assert!(!next(&status_error(429, None)));
    for _ in 0..10 {
        retries.record_success();
    }
    assert!(next(&broken_connection()) && !next(&broken_connection()));
}

#[tokio::test(start_paused = true)]
async fn unexecuted_attempts_are_not_repeats() {
    let retries = new_retries(RetryPolicy::default());
    let mut progress = new_progress(Idempotency::Idempotent, 1);

    retries.next_delay(&mut progress, &status_error(429, None));
    retries.next_delay(&mut progress, &broken_connection().with_nothing_sent());
    assert!(!progress.is_repeated());

    retries.next_delay(&mut progress, &broken_connection());
    assert!(progress.is_repeated());
}

#[tokio::test(start_paused = true)]
async fn no_retry_beyond_the_deadline() {
    let delay_with_deadline = |seconds: &'static str| async move {
        let mut progress = new_progress(Idempotency::Idempotent, 1);
        new_retries(RetryPolicy::default())
            .next_delay(&mut progress, &status_error(503, Some(seconds)))
    };
    let minute = Duration::from_mins(1);

    assert!(
        deadline::with_timeout(minute, delay_with_deadline("59"))
            .await
            .is_some()
    );
    assert!(
        deadline::with_timeout(minute, delay_with_deadline("61"))
            .await
            .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn rate_limit_delay_doubles_from_ten_seconds() {
    let retries = new_retries(RetryPolicy::default().with_attempts(9));
    for (attempts, min, max) in [(1, 10, 15), (2, 20, 20), (5, 20, 20)] {
        let limit = status_error(429, None);
        let wait = retries.next_delay(
            &mut new_progress(Idempotency::NonIdempotent, attempts),
            &limit,
        );
        let seconds = wait.unwrap().as_secs_f64();
        assert!(
            (f64::from(min)..=f64::from(max)).contains(&seconds),
            "{seconds}"
        );
    }
    let short = Retries::new(RetryPolicy::default().with_delays(Duration::ZERO, Duration::ZERO));
    let wait = short.next_delay(
        &mut new_progress(Idempotency::Idempotent, 1),
        &status_error(429, None),
    );
    assert_eq!(wait, Some(Duration::ZERO));
}
