//! The deadlines of requests.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::RequestInfo;
use crate::error::{Error, ErrorKind, Result};

tokio::task_local! {
    static DEADLINE: Instant;
}

/// Limits the time of the requests that a future sends, counted from its first poll. A request that is
/// not done by then returns a timeout error.
///
/// The timeout covers waiting for rate limits, retries, the response and downloads, even if a
/// download is read after the future is done. If calls are nested, the earlier deadline applies. Tasks
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
        let deadline = earliest(Some(time)).unwrap_or_else(far);
        DEADLINE.scope(deadline, future).await
    }
}

/// Limits the time of the requests that a closure sends.
pub(crate) fn with_timeout_sync<T>(time: Duration, calls: impl FnOnce() -> T) -> T {
    DEADLINE.sync_scope(earliest(Some(time)).unwrap_or_else(far), calls)
}

/// Runs a call until it is done, its deadline or its client's time for a call has come.
pub(super) async fn within<T>(
    time: Option<Duration>,
    info: &RequestInfo,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    let Some(deadline) = earliest(time) else {
        return call.await;
    };
    // without waiting for it, a call that starts too late sends nothing
    if deadline <= Instant::now() {
        return Err(over(&info.method, &info.path).with_nothing_sent());
    }
    let call = DEADLINE.scope(deadline, call);
    timeout_at(deadline, call)
        .await
        .unwrap_or_else(|_| Err(over(&info.method, &info.path)))
}

/// Returns the remaining time, if there is a deadline.
pub(crate) fn left() -> Option<Duration> {
    earliest(None).map(|deadline| deadline.saturating_duration_since(Instant::now()))
}

/// Returns the earlier of the current deadline and `time` from now.
pub(super) fn earliest(time: Option<Duration>) -> Option<Instant> {
    let own = time.and_then(|time| Instant::now().checked_add(time));
    let around = DEADLINE.try_with(|deadline| *deadline).ok();
    own.into_iter().chain(around).min()
}

/// Returns an instant in the far future.
fn far() -> Instant {
    Instant::now() + Duration::from_hours(24 * 365)
}

pub(super) fn over(method: &str, path: &str) -> Error {
    Error::new(ErrorKind::Timeout, "the time given to the call is over")
        .with_hint("give it more time; before repeating a change, look whether it was made")
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
            redactor: super::super::redact::Redactor::default(),
        }
    }

    async fn slept(time: Duration) -> Result<()> {
        sleep(time).await;
        Ok(())
    }

    async fn call(time: Option<Duration>) -> (Result<()>, Duration) {
        let started = Instant::now();
        let result = within(time, &info(), pending()).await;
        (result, started.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn the_earliest_deadline_ends_a_call() {
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
            let first = within(None, &info(), slept(SECOND * 2)).await;
            (first, call(None).await)
        })
        .await;

        assert!(first.is_ok());
        assert_eq!(second.1.as_secs(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_after_the_deadline_is_not_begun() {
        let result = with_timeout(SECOND, async {
            sleep(SECOND).await;
            within::<()>(None, &info(), async { panic!("begun") }).await
        });

        assert!(result.await.unwrap_err().was_not_executed());
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_deadline_a_call_takes_its_time() {
        let result = within(None, &info(), slept(SECOND * 9999)).await;

        assert!(result.is_ok());
        assert_eq!(left(), None);
    }

    #[test]
    fn blocking_calls_have_deadlines_too() {
        assert!(with_timeout_sync(SECOND, left).is_some_and(|left| left <= SECOND));
        assert!(with_timeout_sync(Duration::MAX, left).is_some());
    }
}
