//! Stops a run early after rejected credentials or repeated failures.

use super::TargetResult;
use crate::exit::Exit;

/// The number of equal failures in a row that stop a run.
const EQUAL_FAILURES: usize = 10;

/// Stops a run after rejected credentials, or after equal failures in a row.
#[derive(Debug, Default)]
pub(super) struct Brake {
    is_stopped: bool,
    equal_failures: usize,
    last_reason: String,
}

impl Brake {
    /// Returns `true` if no further change may be sent.
    pub(super) const fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Stops the run.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// Counts a result.
    pub(super) fn count(&mut self, result: &TargetResult) {
        let Some(error) = &result.error else {
            self.equal_failures = 0;
            return;
        };
        if error.exit() == Exit::Credentials {
            self.is_stopped = true;
        }
        let message = error.message();
        let reason = message.rsplit(": ").next().unwrap_or_default();
        if self.last_reason == reason {
            self.equal_failures += 1;
        } else {
            reason.clone_into(&mut self.last_reason);
            self.equal_failures = 1;
        }
        if self.equal_failures >= EQUAL_FAILURES {
            self.is_stopped = true;
        }
    }
}
