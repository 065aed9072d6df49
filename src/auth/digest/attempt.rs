//! One call's tries, which end.

use digest_auth::WwwAuthenticateHeader;
use http::HeaderMap;
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard};
use tokio::time::Instant;

use super::super::attempt::is_about_the_caller;
use super::nonce_reuse::Suspicion;

/// One call's try, and what the tries before it have shown.
pub(crate) struct Trial {
    pub(super) signed: Signed,
    pub(super) company: Company,
    shared: u8,
    fetched: u8,
    /// What to hold against the server if this call succeeds after all.
    pub(super) suspicions: Vec<Suspicion>,
}

/// In whose company a call is under way, which holds until its last answer.
pub(super) enum Company {
    /// Others may be under way too.
    Crowd(
        #[expect(dead_code, reason = "held for as long as the call lasts")] OwnedRwLockReadGuard<()>,
    ),
    /// No other is.
    Alone(
        #[expect(dead_code, reason = "held for as long as the call lasts")]
        OwnedRwLockWriteGuard<()>,
    ),
    /// On its way from the one to the other.
    Changing,
}

/// With what a request is signed.
#[derive(Clone, Copy)]
pub(super) enum Signed {
    /// With nothing, since nothing is known.
    Nothing,
    /// With nothing, to fetch a challenge for this call alone.
    Fetching,
    /// With the challenge that all calls share: which one, and the how manyth answer.
    Shared { generation: u64, count: u32 },
    /// With a challenge that this call fetched for itself.
    Own { since: Instant },
}

impl Trial {
    pub(super) fn first(signed: Signed, company: Company) -> Self {
        Self {
            signed,
            company,
            shared: 0,
            fetched: 0,
            suspicions: Vec::new(),
        }
        .counted()
    }

    /// The next try of the same call.
    pub(super) fn next(self, signed: Signed) -> Self {
        Self { signed, ..self }.counted()
    }

    fn counted(mut self) -> Self {
        match self.signed {
            Signed::Nothing | Signed::Shared { .. } => self.shared += 1,
            Signed::Fetching => self.fetched += 1,
            Signed::Own { .. } => {}
        }
        self
    }

    /// Whether a 401 is about what the caller may do instead of about who it is. A server that
    /// wants another nonce is to have it, whatever else it says.
    pub(super) fn is_about_the_caller(
        &self,
        headers: &HeaderMap,
        offer: Option<&WwwAuthenticateHeader>,
    ) -> bool {
        let signed = matches!(self.signed, Signed::Shared { .. } | Signed::Own { .. });
        signed && !offer.is_some_and(|offer| offer.stale) && is_about_the_caller(headers)
    }

    /// Whether the shared challenge may be answered, counting the request that fetched it; a server
    /// that calls a challenge stale does not doubt the key.
    pub(super) fn may_share(&self, stale: bool) -> bool {
        self.fetched == 0 && self.shared < if stale { 3 } else { 2 }
    }

    /// Whether no other call is under way.
    pub(super) fn is_alone(&self) -> bool {
        matches!(self.company, Company::Alone(_))
    }

    /// Whether this call has gone out to fetch a challenge for itself.
    pub(super) fn has_fetched(&self) -> bool {
        self.fetched > 0
    }

    pub(super) fn suspect(&mut self, suspicion: Option<Suspicion>) {
        self.suspicions.extend(suspicion);
    }
}
