//! A paused clock.

use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use tokio::{task, time};

/// Number of yields after which written data has arrived on all sockets of this thread.
const YIELDS_PER_STEP: usize = 16;

/// Real time after which a stuck test is ended by letting the clock auto-advance.
const STUCK_TIMEOUT: Duration = Duration::from_mins(1);

/// Pauses the clock of the test's runtime until it is dropped.
///
/// Tokio advances a paused clock when all tasks wait, even if data is in transit on a socket. It does not while a
/// blocking task runs, so this starts one.
pub(crate) struct StoppedClock {
    /// Ends the blocking task when dropped.
    _blocking_task: Sender<()>,
}

impl StoppedClock {
    pub(crate) fn new() -> Self {
        time::pause();
        let (sender, receiver) = mpsc::channel();
        task::spawn_blocking(move || receiver.recv_timeout(STUCK_TIMEOUT).is_ok());
        Self {
            _blocking_task: sender,
        }
    }
}

impl Drop for StoppedClock {
    fn drop(&mut self) {
        time::resume();
    }
}

/// Yields until written data has arrived on this thread's sockets.
pub(crate) async fn deliver() {
    for _ in 0..YIELDS_PER_STEP {
        task::yield_now().await;
    }
}

/// Delivers written data, then advances the paused clock.
pub(crate) async fn advance(time: Duration) {
    deliver().await;
    time::advance(time).await;
    deliver().await;
}

/// Advances the paused clock forever, in steps.
pub(crate) async fn advance_forever(step: Duration) {
    loop {
        advance(step).await;
    }
}
