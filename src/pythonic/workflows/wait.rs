//! Waiting until something has become what it should be: how long, how often, and who looks on.
//!
//! [`Wait`] holds what can be chosen; what is waited for is beside the thing itself, such as
//! [`ClusterHandle::wait_until_running`](crate::ClusterHandle::wait_until_running). Time is tokio's, so that tests
//! can stop it.

mod cancellation;
mod clusters;
mod looking;

use std::{fmt, time::Duration};

pub use cancellation::Cancellation;

use crate::pythonic::resources::deployments::state::ClusterState;

/// How long is waited unless told otherwise; a large cluster takes half an hour to be created.
const DEADLINE: Duration = Duration::from_hours(1);

/// The first and the longest time between two looks, unless told otherwise.
const INTERVALS: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(30));

/// How to wait: until when, how often to look, whom to tell, and who may call it off.
///
/// A duration does where the deadline is all that matters.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use std::time::Duration;
/// use mongodbatlas::{Cancellation, Wait};
///
/// let cluster = atlas.find_cluster("shop-staging").await?.handle();
/// cluster.pause().await?;
/// cluster.wait_until_paused(Duration::from_mins(10)).await?;
///
/// let cancellation = Cancellation::new(); // hand a clone to whoever may call it off
/// let wait = Wait::new()
///     .with_timeout(Duration::from_mins(40))
///     .with_intervals(Duration::from_millis(5), Duration::from_mins(1))
///     .with_progress(|progress| {
///         println!("{} after {:?}", progress.state(), progress.elapsed());
///         println!("next look in {:?}", progress.next_look());
///     })
///     .with_cancellation(&cancellation);
/// cluster.resume().await?;
/// cluster.wait_until_running(wait).await?;
/// # Ok(()) }) }
/// ```
#[must_use = "a wait does nothing until something is waited for with it"]
pub struct Wait<'a> {
    deadline: Duration,
    intervals: (Duration, Duration),
    cancellation: Option<Cancellation>,
    progress: Option<Watcher<'a>>,
}

/// Whom to tell.
type Watcher<'a> = Box<dyn FnMut(&Progress) + Send + 'a>;

impl<'a> Wait<'a> {
    /// Waits up to an hour and looks after 2 seconds, then ever less often, down to every 30 seconds.
    pub fn new() -> Self {
        Self {
            deadline: DEADLINE,
            intervals: INTERVALS,
            cancellation: None,
            progress: None,
        }
    }

    /// Sets the time after which the wait fails. Default: one hour. An enclosing
    /// [`with_timeout`](crate::with_timeout) applies too.
    pub fn with_timeout(mut self, time: Duration) -> Self {
        self.deadline = time;
        self
    }

    /// Looks again after `first`, then after twice as long each time, up to `longest`; 2 and 30
    /// seconds unless told otherwise.
    pub fn with_intervals(mut self, first: Duration, longest: Duration) -> Self {
        self.intervals = (first, longest.max(first));
        self
    }

    /// Tells this function of every look, the last one included.
    pub fn with_progress(mut self, tell: impl FnMut(&Progress) + Send + 'a) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// Stops when this is called off, at once and with an error of the kind
    /// [`Cancelled`](crate::ErrorKind::Cancelled). Dropping the future stops it too.
    pub fn with_cancellation(mut self, cancellation: &Cancellation) -> Self {
        self.cancellation = Some(cancellation.clone());
        self
    }

    /// Tells whoever wants to know.
    fn tell(&mut self, progress: &Progress) {
        if let Some(tell) = &mut self.progress {
            tell(progress);
        }
    }
}

impl Default for Wait<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Duration> for Wait<'_> {
    /// Waits this long at the most.
    fn from(deadline: Duration) -> Self {
        Self::new().with_timeout(deadline)
    }
}

impl fmt::Debug for Wait<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("deadline", &self.deadline)
            .field("intervals", &self.intervals)
            .field("cancellation", &self.cancellation)
            .finish_non_exhaustive()
    }
}

/// What a look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    state: ClusterState,
    elapsed: Duration,
    next_look: Option<Duration>,
}

impl Progress {
    /// What the cluster is doing.
    pub fn state(&self) -> &ClusterState {
        &self.state
    }

    /// How long it has been waited for.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// After how long the next look comes; none when there is nothing left to wait for.
    pub fn next_look(&self) -> Option<Duration> {
        self.next_look
    }
}
