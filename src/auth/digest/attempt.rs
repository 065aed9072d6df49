//! The authentication attempts of one call, which are bounded.

use digest_auth::WwwAuthenticateHeader;
use http::HeaderMap;
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard};
use tokio::time::Instant;

use super::nonce_reuse::RejectionCause;
use crate::auth::permission::is_permission_error;

/// Maximum attempts with the shared nonce, including the request that fetched it.
const MAX_SHARED: u8 = 2;
/// The same maximum if the server reports the nonce as stale, which does not reject the key.
const MAX_SHARED_IF_STALE: u8 = 3;

/// The current attempt of a call, and the results of the earlier ones.
pub(crate) struct DigestAttempt {
    pub(super) signature: Signature,
    pub(super) guard: GateGuard,
    shared: u8,
    fetched: u8,
    /// Rejections to record if the call succeeds.
    pub(super) rejections: Vec<RejectionCause>,
}

/// The guard of the gate, released after the last response of a call.
pub(super) enum GateGuard {
    /// Other calls may run.
    Shared(#[expect(dead_code, reason = "held until the call ends")] OwnedRwLockReadGuard<()>),
    /// No other call runs.
    Exclusive(#[expect(dead_code, reason = "held until the call ends")] OwnedRwLockWriteGuard<()>),
    /// The shared guard was released and the exclusive one is awaited.
    Upgrading,
}

/// The signature of a request.
#[derive(Clone, Copy)]
pub(super) enum Signature {
    /// Unsigned, because no challenge is known.
    None,
    /// Unsigned, to fetch a challenge for this call alone.
    ChallengeRequest,
    /// Signed with the shared nonce: its generation and the nonce count (`nc`).
    SharedNonce { generation: u64, count: u32 },
    /// Signed with a nonce that this call fetched.
    OwnNonce { since: Instant },
}

impl DigestAttempt {
    /// Creates the first attempt of a call.
    pub(super) fn first(signature: Signature, guard: GateGuard) -> Self {
        Self {
            signature,
            guard,
            shared: 0,
            fetched: 0,
            rejections: Vec::new(),
        }
        .count()
    }

    /// Creates the next attempt of the same call.
    pub(super) fn next(self, signature: Signature) -> Self {
        Self { signature, ..self }.count()
    }

    fn count(mut self) -> Self {
        match self.signature {
            Signature::None | Signature::SharedNonce { .. } => self.shared += 1,
            Signature::ChallengeRequest => self.fetched += 1,
            Signature::OwnNonce { .. } => {}
        }
        self
    }

    /// Returns `true` if a 401 reports missing permissions rather than a rejected key. A stale nonce is
    /// never a permission error.
    pub(super) fn is_permission_error(
        &self,
        headers: &HeaderMap,
        offer: Option<&WwwAuthenticateHeader>,
    ) -> bool {
        let is_signed = matches!(
            self.signature,
            Signature::SharedNonce { .. } | Signature::OwnNonce { .. }
        );
        !offer.is_some_and(|offer| offer.stale) && is_permission_error(headers, is_signed)
    }

    /// Returns `true` if the call may use the shared nonce again.
    pub(super) fn may_share(&self, stale: bool) -> bool {
        let max = if stale {
            MAX_SHARED_IF_STALE
        } else {
            MAX_SHARED
        };
        self.fetched == 0 && self.shared < max
    }

    /// Returns `true` if no other call runs.
    pub(super) fn is_exclusive(&self) -> bool {
        matches!(self.guard, GateGuard::Exclusive(_))
    }

    /// Returns `true` if this call has fetched a challenge of its own.
    pub(super) fn has_fetched(&self) -> bool {
        self.fetched > 0
    }

    /// Records the cause of a rejection.
    pub(super) fn record_rejection(&mut self, cause: Option<RejectionCause>) {
        self.rejections.extend(cause);
    }
}
