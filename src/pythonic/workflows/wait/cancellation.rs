//! A token with which one side calls off what another side waits for.

use std::{fmt, sync::Arc};

use tokio::sync::watch;

/// Calls off a wait, from any thread or task; clones call off the same.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::Cancellation;
///
/// let cancellation = Cancellation::new();
/// let other = cancellation.clone();
/// std::thread::spawn(move || other.cancel()).join().expect("a thread");
/// cancellation.cancelled().await; // returns once it is called off
/// assert!(cancellation.is_cancelled());
/// # drop(atlas);
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Cancellation(Arc<watch::Sender<bool>>);

impl Cancellation {
    /// A token that is not called off yet.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Calls it off, for good.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it has been called off.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is called off.
    pub async fn cancelled(&self) {
        // the sender lives in `self`, so there is no other end than this
        drop(self.0.subscribe().wait_for(|cancelled| *cancelled).await);
    }
}

impl Default for Cancellation {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancellation")
            .field(&self.is_cancelled())
            .finish()
    }
}
