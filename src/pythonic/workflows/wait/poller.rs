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
    last_state: Option<ClusterState>,
    /// The error of the last poll, if it failed.
    last_error: Option<Error>,
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
                    poller.last_error = None;
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
                    delay = delay.max(error.retry_after().unwrap_or_default());
                    poller.tolerate(error)?;
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
                .unwrap_or(started + super::DEFAULT_TIMEOUT),
            delay,
            last_state: None,
            last_error: None,
        }
    }

    /// Stores a transient error, after which polling continues, and returns any other error.
    fn tolerate(&mut self, error: Error) -> Result<()> {
        if error.is_timeout() && Instant::now() >= self.deadline {
            // the wait's own timeout interrupted the poll
            let has_cause = self.last_error.is_some();
            let timed_out = self.timed_out();
            return Err(if has_cause {
                timed_out
            } else {
                timed_out.with_source(error)
            });
        }
        if !error.is_retryable() {
            return Err(error);
        }
        self.last_error = Some(error);
        Ok(())
    }

    /// Sleeps until the next poll. Fails at the deadline if that is earlier.
    async fn sleep(&mut self, delay: Duration) -> Result<()> {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        sleep(delay.min(remaining)).await;
        if delay < remaining {
            Ok(())
        } else {
            Err(self.timed_out())
        }
    }

    fn timed_out(&mut self) -> Error {
        let (time, target) = (format_duration(self.started.elapsed()), self.target);
        let state = self.last_state.as_ref();
        let state = state.map_or_else(String::new, |state| format!(", last state: {state}"));
        let message = format!("waited {time} for {target}{state}");
        let error = Error::new(ErrorKind::Timeout, message)
            .with_hint("the operation continues on the server: wait again with a longer timeout");
        match self.last_error.take() {
            Some(source) => error
                .with_note(&format!(", last error: {source}"))
                .with_source(source),
            None => error,
        }
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
