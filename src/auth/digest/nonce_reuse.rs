//! Detects servers that do not accept one nonce for several requests.
//!
//! Some servers accept a nonce once, some require the nonce count in order, which concurrent
//! requests cannot guarantee, and some drop a nonce when they send the next. No server announces
//! this: a request is rejected, and the same request succeeds with a new nonce. An expired nonce has
//! the same effect, so only young nonces count, and two rejections are required.

/// Number of early rejections after which each request fetches its own challenge.
const MAX_EARLY_REJECTIONS: u8 = 2;

/// The number of requests and calls that share a nonce.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NonceReuse {
    /// All requests share one nonce.
    #[default]
    Shared,
    /// Each call fetches a nonce, which costs one more request.
    PerCall,
    /// Each call fetches a nonce, and only one call runs at a time.
    Serialized,
}

/// The likely cause of a rejection, if the call succeeds with a new signature.
#[derive(Clone, Copy)]
pub(super) enum RejectionCause {
    /// The nonce was rejected although it was young.
    Early { generation: u64 },
    /// The nonce expired.
    Expired,
    /// A nonce used by one call was rejected while other calls were running.
    Concurrent,
}

/// The rejections observed so far.
#[derive(Default)]
pub(super) struct ReuseHistory {
    nonce_reuse: NonceReuse,
    /// `true` while the server accepts the key.
    is_key_proven: bool,
    early_rejections: u8,
    last_rejected_generation: u64,
}

impl ReuseHistory {
    pub(super) fn nonce_reuse(&self) -> NonceReuse {
        self.nonce_reuse
    }

    /// Returns `true` if the server has accepted the key and has not rejected it since.
    pub(super) fn is_key_proven(&self) -> bool {
        self.is_key_proven
    }

    /// Marks the key as unproven after every kind of signature was rejected.
    pub(super) fn reset_proof(&mut self) {
        self.is_key_proven = false;
    }

    /// Records that a call succeeded after these rejections.
    pub(super) fn record_success(&mut self, rejections: &[RejectionCause]) {
        self.is_key_proven = true;
        for rejection in rejections {
            self.record_rejection(*rejection);
        }
    }

    fn record_rejection(&mut self, cause: RejectionCause) {
        match cause {
            RejectionCause::Early { generation } if generation > self.last_rejected_generation => {
                self.last_rejected_generation = generation;
                self.early_rejections += 1;
                if self.early_rejections >= MAX_EARLY_REJECTIONS {
                    self.restrict(NonceReuse::PerCall);
                }
            }
            RejectionCause::Early { .. } => {}
            RejectionCause::Expired => self.early_rejections = 0,
            RejectionCause::Concurrent => self.restrict(NonceReuse::Serialized),
        }
    }

    fn restrict(&mut self, nonce_reuse: NonceReuse) {
        if nonce_reuse > self.nonce_reuse {
            tracing::debug!(
                ?nonce_reuse,
                "the server does not accept one nonce for several calls"
            );
            self.nonce_reuse = nonce_reuse;
        }
    }
}
