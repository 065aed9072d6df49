//! The retry budget that all clones of a client share.

use std::sync::atomic::{AtomicU32, Ordering};

/// Number of successes that earn one retry.
const SUCCESSES_PER_RETRY: u32 = 10;

/// A bucket of retries, counted in tenths.
#[derive(Debug)]
pub(super) struct Budget {
    tenths: AtomicU32,
    capacity: u32,
}

impl Budget {
    pub(super) fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(SUCCESSES_PER_RETRY);
        Self {
            tenths: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Takes one retry, if one is left.
    pub(super) fn take_retry(&self) -> bool {
        self.update(|tenths| tenths.checked_sub(SUCCESSES_PER_RETRY))
    }

    /// Adds a tenth of a retry, up to the capacity.
    pub(super) fn record_success(&self) {
        self.update(|tenths| (tenths < self.capacity).then_some(tenths + 1));
    }

    fn update(&self, update: impl Fn(u32) -> Option<u32>) -> bool {
        self.tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, update)
            .is_ok()
    }
}
