//! Options of waits: timeout, intervals, progress, cancellation.
//!
//! `wait/clusters.rs` has the waits for states of clusters, and `wait/poller.rs` the polling loop. Time is tokio's,
//! so tests can pause it.

mod cancellation;
mod clusters;
mod follow;
mod poller;

use std::{fmt, time::Duration};

pub use cancellation::Cancellation;

use crate::pythonic::resources::deployments::state::ClusterState;

/// Default timeout; creating a large cluster takes half an hour.
const DEFAULT_TIMEOUT: Duration = Duration::from_hours(1);

/// Default intervals between polls: the first and the longest.
const DEFAULT_INTERVALS: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(30));

/// Options of a wait: timeout, intervals between polls, progress, cancellation.
///
/// Methods that take a `Wait` also take a duration, which is the timeout.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use std::time::Duration;
/// use mongodbatlas::Wait;
///
/// let cluster = atlas.find_cluster("menu-archive").await?.handle();
/// cluster.resume().await?;
/// let wait = Wait::new()
///     .with_timeout(Duration::from_mins(40))
///     .with_progress(|progress| println!("{} after {:?}", progress.state(), progress.elapsed()));
/// cluster.wait_until_running(wait).await?;
/// # Ok(()) }) }
/// ```
#[must_use = "a wait has no effect until it is passed to a method"]
pub struct Wait<'a> {
    timeout: Duration,
    intervals: (Duration, Duration),
    cancellation: Option<Cancellation>,
    on_progress: Option<ProgressCallback<'a>>,
}

/// A function that receives the result of each poll.
type ProgressCallback<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;

impl<'a> Wait<'a> {
    /// Creates the default options: a timeout of one hour, and polls after 2 seconds, then after intervals that
    /// double up to 30 seconds.
    pub fn new() -> Self {
        Self {
            timeout: DEFAULT_TIMEOUT,
            intervals: DEFAULT_INTERVALS,
            cancellation: None,
            on_progress: None,
        }
    }

    /// Sets the timeout. Default: one hour. An enclosing [`with_timeout`](crate::with_timeout) also applies.
    pub fn with_timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// Sets the interval between polls, which doubles from `first` up to `longest`. Default: 2 s and 30 s.
    pub fn with_intervals(mut self, first: Duration, longest: Duration) -> Self {
        self.intervals = (first, longest.max(first));
        self
    }

    /// Calls a function after each successful poll, including the last.
    pub fn with_progress(mut self, callback: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(callback));
        self
    }

    /// Fails with [`Cancelled`](crate::ErrorKind::Cancelled) as soon as the token is cancelled. Dropping the future
    /// also ends the wait.
    pub fn with_cancellation(mut self, cancellation: &Cancellation) -> Self {
        self.cancellation = Some(cancellation.clone());
        self
    }

    fn report(&mut self, progress: &Progress) {
        if let Some(callback) = &mut self.on_progress {
            callback(progress);
        }
    }
}

impl Default for Wait<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Duration> for Wait<'_> {
    /// Creates the default options with this timeout.
    fn from(timeout: Duration) -> Self {
        Self::new().with_timeout(timeout)
    }
}

impl fmt::Debug for Wait<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("timeout", &self.timeout)
            .field("intervals", &self.intervals)
            .field("cancellation", &self.cancellation)
            .finish_non_exhaustive()
    }
}

/// The result of one poll; see [`Wait::with_progress`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    state: ClusterState,
    elapsed: Duration,
    next_poll: Option<Duration>,
}

impl Progress {
    /// Returns the state of the cluster.
    pub fn state(&self) -> &ClusterState {
        &self.state
    }

    /// Returns the time since the start of the wait.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the time until the next poll, or `None` after the last one.
    pub fn next_poll(&self) -> Option<Duration> {
        self.next_poll
    }
}
