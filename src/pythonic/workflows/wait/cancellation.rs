//! A cancellation token.

use std::{fmt, sync::Arc};

use tokio::sync::watch;

/// A token that cancels waits from any thread or task. Clones share their state.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::{Cancellation, Wait};
///
/// let cancellation = Cancellation::new();
/// let clone = cancellation.clone();
/// std::thread::spawn(move || clone.cancel());
///
/// let cluster = atlas.find_cluster("shop-staging").await?;
/// let wait = Wait::new().with_cancellation(&cancellation);
/// let error = cluster.wait_until_paused(wait).await.unwrap_err();
/// assert!(error.is_cancelled());
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Cancellation(Arc<watch::Sender<bool>>);

impl Cancellation {
    /// Creates a token that is not cancelled.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Cancels the token and its clones. This cannot be undone.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Returns `true` if the token is cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the token is cancelled.
    pub async fn cancelled(&self) {
        // fails only if the sender is dropped, and `self` owns it
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
