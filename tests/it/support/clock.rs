//! A paused clock.

use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use tokio::{task, time};

/// How often all tasks get their turn until what was written has arrived everywhere.
const TURNS: usize = 16;

/// How long the clock stands still, in real time: a call that then still waits for something is never
/// going to end, and is shown to by letting the clock run ahead.
const PATIENCE: Duration = Duration::from_mins(1);

/// The clock of this test's runtime, which stands still until this is dropped.
///
/// Tokio's own way, to let a paused clock run ahead whenever all tasks wait, knows nothing of what is
/// under way on sockets. It does not do so while a thread of its own is at work, so one is.
pub(crate) struct StoppedClock {
    /// Its end ends the thread.
    _thread: Sender<()>,
}

impl StoppedClock {
    pub(crate) fn new() -> Self {
        time::pause();
        let (thread, ended) = mpsc::channel();
        task::spawn_blocking(move || ended.recv_timeout(PATIENCE).is_ok());
        Self { _thread: thread }
    }
}

impl Drop for StoppedClock {
    fn drop(&mut self) {
        time::resume();
    }
}

/// Lets what was written arrive, on this thread's sockets.
pub(crate) async fn settle() {
    for _ in 0..TURNS {
        task::yield_now().await;
    }
}

/// Lets this much time go by on a stopped clock, once everything has arrived.
pub(crate) async fn advance(time: Duration) {
    settle().await;
    time::advance(time).await;
    settle().await;
}

/// Lets time go by without end, in steps that are short to whoever waits.
pub(crate) async fn advance_on(step: Duration) {
    loop {
        advance(step).await;
    }
}
