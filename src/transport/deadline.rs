//! Deadlines of requests.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::RequestInfo;
use crate::error::{Error, ErrorKind, Result};

tokio::task_local! {
    static DEADLINE: Instant;
}

/// Sets a timeout for all requests of a future, measured from its first poll. Unfinished requests then
/// return a timeout error.
///
/// The timeout covers waiting for rate limits, retries, the response and downloads, even if a
/// download is read after the future has ended. If calls are nested, the earlier deadline applies. Tasks
/// that the future spawns have no deadline. Atlas may have executed a request that timed out.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use std::time::Duration;
///
/// let projects = atlas.projects().collect();
/// let projects = mongodbatlas::with_timeout(Duration::from_secs(20), projects).await?;
/// assert!(!projects.is_empty());
///
/// let never = mongodbatlas::with_timeout(Duration::ZERO, atlas.this_organization()).await;
/// assert!(never.unwrap_err().is_timeout());
/// # Ok(()) }) }
/// ```
pub fn with_timeout<F: Future>(time: Duration, future: F) -> impl Future<Output = F::Output> {
    // boxed, so that the futures of callers stay small
    let future = Box::pin(future);
    async move {
        let deadline = earliest_deadline(Some(time)).unwrap_or_else(far_future);
        DEADLINE.scope(deadline, future).await
    }
}

/// Sets a timeout for all requests made by a closure.
pub(crate) fn with_timeout_sync<T>(time: Duration, calls: impl FnOnce() -> T) -> T {
    DEADLINE.sync_scope(
        earliest_deadline(Some(time)).unwrap_or_else(far_future),
        calls,
    )
}

/// Runs a call until the current deadline or the timeout of the client.
pub(super) async fn run<T>(
    timeout: Option<Duration>,
    info: &RequestInfo,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    let Some(deadline) = earliest_deadline(timeout) else {
        return call.await;
    };
    // a call that starts after the deadline sends nothing
    if deadline <= Instant::now() {
        return Err(timeout_error(&info.method, &info.path).with_nothing_sent());
    }
    let call = DEADLINE.scope(deadline, call);
    timeout_at(deadline, call)
        .await
        .unwrap_or_else(|_| Err(timeout_error(&info.method, &info.path)))
}

/// Returns the remaining time, if there is a deadline.
pub(crate) fn remaining() -> Option<Duration> {
    earliest_deadline(None).map(|deadline| deadline.saturating_duration_since(Instant::now()))
}

/// Returns the earlier of the current deadline and `time` from now.
pub(super) fn earliest_deadline(time: Option<Duration>) -> Option<Instant> {
    let new = time.and_then(|time| Instant::now().checked_add(time));
    let current = DEADLINE.try_with(|deadline| *deadline).ok();
    new.into_iter().chain(current).min()
}

/// Returns an instant in the far future.
fn far_future() -> Instant {
    Instant::now() + Duration::from_hours(24 * 365)
}

/// Creates the error for a request that has not ended before its deadline.
pub(super) fn timeout_error(method: &str, path: &str) -> Error {
    Error::new(ErrorKind::Timeout, "the timeout of the call has elapsed")
        .with_hint("increase the timeout; check whether a change was made before repeating it")
        .with_request(method, path)
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::sleep;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn info() -> RequestInfo {
        RequestInfo {
            method: "GET".to_owned(),
            path: "/".to_owned(),
            roles: &[],
            redactor: super::super::redact::Redactor::default(),
        }
    }

    async fn sleep_ok(time: Duration) -> Result<()> {
        sleep(time).await;
        Ok(())
    }

    async fn call(time: Option<Duration>) -> (Result<()>, Duration) {
        let started = Instant::now();
        let result = run(time, &info(), pending()).await;
        (result, started.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn earliest_deadline_ends_the_request() {
        let cases = [
            (call(Some(SECOND * 5)).await, 5),
            (with_timeout(SECOND * 2, call(Some(SECOND * 5))).await, 2),
            (
                with_timeout(SECOND * 2, with_timeout(SECOND * 9, call(None))).await,
                2,
            ),
            (
                with_timeout(SECOND * 9, with_timeout(SECOND * 3, call(None))).await,
                3,
            ),
        ];

        for ((result, time), seconds) in cases {
            assert_eq!(time.as_secs(), seconds);
            assert!(result.unwrap_err().is_timeout());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn calls_share_a_deadline() {
        let (first, second) = with_timeout(SECOND * 3, async {
            let first = run(None, &info(), sleep_ok(SECOND * 2)).await;
            (first, call(None).await)
        })
        .await;

        assert!(first.is_ok());
        assert_eq!(second.1.as_secs(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn expired_deadline_sends_nothing() {
        let result = with_timeout(SECOND, async {
            sleep(SECOND).await;
            run::<()>(None, &info(), async { panic!("the call was polled") }).await
        });

        assert!(result.await.unwrap_err().was_not_executed());
    }

    #[tokio::test(start_paused = true)]
    async fn request_without_deadline_never_times_out() {
        let result = run(None, &info(), sleep_ok(SECOND * 9999)).await;

        assert!(result.is_ok());
        assert_eq!(remaining(), None);
    }

    #[test]
    fn sync_scope_sets_the_deadline() {
        assert!(with_timeout_sync(SECOND, remaining).is_some_and(|time| time <= SECOND));
        assert!(with_timeout_sync(Duration::MAX, remaining).is_some());
    }
}
