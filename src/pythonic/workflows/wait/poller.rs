//! Polls with exponential backoff until the target state or the timeout.

use std::{future::Future, pin::pin, time::Duration};

use futures_util::future::{Either, select};
use jiff::SignedDuration;
use tokio::time::{Instant, sleep};

use crate::pythonic::workflows::wait::{Progress, Wait};
use crate::{
    error::{Error, ErrorKind, Result},
    pythonic::resources::deployments::state::ClusterState,
    transport::{time_left, with_timeout},
};

/// Maximum number of consecutive polls that fail for a temporary reason, such as a broken connection.
const MAX_FAILURES: u32 = 5;

/// The result of one poll.
pub(super) struct PollResult<T> {
    pub(super) state: ClusterState,
    /// The result of the wait, once the target is reached.
    pub(super) reached: Option<T>,
}

/// The progress of the polling loop.
struct Poller<'a> {
    /// The target, for messages: ``cluster `demo` to be paused``.
    target: &'a str,
    started: Instant,
    deadline: Instant,
    /// The delay before the next poll.
    delay: Duration,
    /// The number of consecutive failed polls.
    failures: u32,
    last_state: Option<ClusterState>,
}

impl Wait<'_> {
    /// Polls until the target is reached. `target` describes it in errors: ``cluster `demo` to be paused``.
    pub(super) async fn poll_until<T, F, Fut>(mut self, target: &str, poll: F) -> Result<T>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<PollResult<T>>>,
    {
        let cancellation = self.cancellation.take();
        let time = time_left().map_or(self.timeout, |left| left.min(self.timeout));
        let polling = with_timeout(time, self.poll_repeatedly(target, time, poll));
        let Some(cancellation) = cancellation else {
            return polling.await;
        };
        match select(pin!(cancellation.cancelled()), pin!(polling)).await {
            Either::Left(_) => Err(cancelled(target)),
            Either::Right((outcome, _)) => outcome,
        }
    }

    async fn poll_repeatedly<T, F, Fut>(
        mut self,
        target: &str,
        time: Duration,
        mut poll: F,
    ) -> Result<T>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<PollResult<T>>>,
    {
        let mut poller = Poller::new(target, time, self.intervals.0);
        loop {
            let mut delay = poller.delay;
            match poll().await {
                Ok(PollResult { state, reached }) => {
                    poller.failures = 0;
                    self.report(&Progress {
                        state: state.clone(),
                        elapsed: poller.started.elapsed(),
                        next_poll: reached.is_none().then_some(delay),
                    });
                    if let Some(reached) = reached {
                        return Ok(reached);
                    }
                    poller.last_state = Some(state);
                }
                Err(error) => {
                    let error = poller.tolerate(error)?;
                    delay = delay.max(error.retry_after().unwrap_or_default());
                }
            }
            poller.sleep(delay).await?;
            poller.delay = (poller.delay * 2).min(self.intervals.1);
        }
    }
}

impl<'a> Poller<'a> {
    fn new(target: &'a str, time: Duration, delay: Duration) -> Self {
        let started = Instant::now();
        Self {
            target,
            started,
            deadline: started
                .checked_add(time)
                .unwrap_or(started + super::TIMEOUT),
            delay,
            failures: 0,
            last_state: None,
        }
    }

    /// Returns the error as `Ok` if polling continues.
    fn tolerate(&mut self, error: Error) -> Result<Error> {
        self.failures += 1;
        if error.is_timeout() && Instant::now() >= self.deadline {
            return Err(self.timed_out().with_source(error));
        }
        if error.is_retryable() && self.failures <= MAX_FAILURES {
            return Ok(error);
        }
        Err(error)
    }

    /// Sleeps until the next poll. Fails at the deadline if that is earlier.
    async fn sleep(&self, delay: Duration) -> Result<()> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        sleep(delay.min(left)).await;
        if delay < left {
            Ok(())
        } else {
            Err(self.timed_out())
        }
    }

    fn timed_out(&self) -> Error {
        let (time, target) = (format_duration(self.started.elapsed()), self.target);
        let message = match &self.last_state {
            Some(state) => format!("waited {time} for {target}, last state: {state}"),
            None => format!("waited {time} for {target}"),
        };
        Error::new(ErrorKind::Timeout, message)
            .with_hint("the operation continues on the server: wait again with a longer timeout")
    }
}

fn cancelled(target: &str) -> Error {
    let message = format!("waiting for {target} was cancelled");
    Error::new(ErrorKind::Cancelled, message)
        .with_hint("the operation continues on the server: check the state before the next step")
}

/// Formats a duration to the second, such as `1h 20m`.
fn format_duration(time: Duration) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    format!("{:#}", SignedDuration::from_secs(seconds))
}

#[cfg(test)]
mod tests;
