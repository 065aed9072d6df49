//! Looking again and again, ever less often, until it is there or the time is over.

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

/// How many looks in a row may fail for a reason that passes, such as a broken connection.
const FAILURES: u32 = 5;

/// What a look found.
pub(super) struct Sight<T> {
    pub(super) state: ClusterState,
    /// What was waited for, once it is there.
    pub(super) reached: Option<T>,
}

/// What the loop goes by.
struct Looking {
    started: Instant,
    deadline: Instant,
    /// After how long the next look comes.
    pause: Duration,
    /// How many looks in a row have failed.
    failures: u32,
}

impl Wait<'_> {
    /// Looks until what is waited for is there. `what` says what that is, for errors: `cluster
    /// `demo` to be paused`.
    pub(super) async fn look_until<T, F, Fut>(mut self, what: &str, look: F) -> Result<T>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<Sight<T>>>,
    {
        let cancellation = self.cancellation.take();
        let time = time_left().map_or(self.deadline, |left| left.min(self.deadline));
        let looking = with_timeout(time, self.look_again(what, time, look));
        let Some(cancellation) = cancellation else {
            return looking.await;
        };
        match select(pin!(cancellation.cancelled()), pin!(looking)).await {
            Either::Left(_) => Err(cancelled(what)),
            Either::Right((outcome, _)) => outcome,
        }
    }

    async fn look_again<T, F, Fut>(mut self, what: &str, time: Duration, mut look: F) -> Result<T>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<Sight<T>>>,
    {
        let started = Instant::now();
        let mut looking = Looking {
            started,
            deadline: started
                .checked_add(time)
                .unwrap_or(started + super::DEADLINE),
            pause: self.intervals.0,
            failures: 0,
        };
        let mut last_state = None;
        loop {
            let mut pause = looking.pause;
            match look().await {
                Ok(Sight { state, reached }) => {
                    looking.failures = 0;
                    let next_look = reached.is_none().then_some(pause);
                    self.tell(&Progress {
                        state: state.clone(),
                        elapsed: started.elapsed(),
                        next_look,
                    });
                    if let Some(reached) = reached {
                        return Ok(reached);
                    }
                    last_state = Some(state);
                }
                Err(error) => {
                    let error = looking.tolerate(error, what, last_state.as_ref())?;
                    pause = pause.max(error.retry_after().unwrap_or_default());
                }
            }
            looking.rest(pause, what, last_state.as_ref()).await?;
            looking.pause = (looking.pause * 2).min(self.intervals.1);
        }
    }
}

impl Looking {
    /// Gives the error back if another look is worth it.
    fn tolerate(
        &mut self,
        error: Error,
        what: &str,
        state: Option<&ClusterState>,
    ) -> Result<Error> {
        self.failures += 1;
        if error.is_timeout() && Instant::now() >= self.deadline {
            return Err(self.over(what, state).with_source(error));
        }
        if error.is_retryable() && self.failures <= FAILURES {
            return Ok(error);
        }
        Err(error)
    }

    /// Waits until the next look, unless that would come too late.
    async fn rest(&self, pause: Duration, what: &str, state: Option<&ClusterState>) -> Result<()> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        sleep(pause.min(left)).await;
        if pause < left {
            Ok(())
        } else {
            Err(self.over(what, state))
        }
    }

    fn over(&self, what: &str, state: Option<&ClusterState>) -> Error {
        let time = shown(self.started.elapsed());
        let message = match state {
            Some(state) => format!("waited {time} for {what}, and it is {state}"),
            None => format!("waited {time} for {what}"),
        };
        Error::new(ErrorKind::Timeout, message)
            .with_hint("what is under way goes on: wait again, with a later deadline")
    }
}

fn cancelled(what: &str) -> Error {
    Error::new(
        ErrorKind::Cancelled,
        format!("the wait for {what} was called off"),
    )
    .with_hint("what is under way goes on: look at its state before the next step")
}

/// A duration in words, to the second: `1h 20m`.
fn shown(time: Duration) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    format!("{:#}", SignedDuration::from_secs(seconds))
}

#[cfg(test)]
mod tests;
