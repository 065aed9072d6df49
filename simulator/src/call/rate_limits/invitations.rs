//! The limit of invitations from one IP address. All clients of the simulator share one address.

use std::collections::VecDeque;
use std::time::Duration;

use crate::call::error::ApiError;

/// Maximum number of invitations in a period.
const MAX_INVITATIONS: usize = 10;
/// Length of the period in minutes.
const MINUTES: u64 = 1;

/// Operations that send an invitation.
const OPERATIONS: [&str; 5] = [
    "addGroupAccessUser",
    "addGroupUsers",
    "createGroupInvite",
    "createOrgInvite",
    "createOrgUser",
];

/// The times of the latest invitations.
#[derive(Debug, Default)]
pub(crate) struct InvitationLimit {
    times: VecDeque<Duration>,
}

impl InvitationLimit {
    /// Records an operation that sends an invitation. Rejects the operation if it exceeds the limit.
    pub(crate) fn take(&mut self, operation: &str, now: Duration) -> Result<(), ApiError> {
        if !OPERATIONS.contains(&operation) {
            return Ok(());
        }
        let period = Duration::from_mins(MINUTES);
        self.times.retain(|time| *time + period > now);
        if self.times.len() >= MAX_INVITATIONS {
            return Err(ApiError::invitations_limited(MAX_INVITATIONS, MINUTES));
        }
        self.times.push_back(now);
        Ok(())
    }

    /// Resets the limit.
    pub(crate) fn clear(&mut self) {
        self.times.clear();
    }
}
