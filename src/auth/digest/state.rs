//! The authentication state of a server, shared by all requests of a client.

use std::time::Duration;

use digest_auth::WwwAuthenticateHeader;
use http::StatusCode;

use super::active_challenge::ActiveChallenge;
use super::attempt::{DigestAttempt, Signature};
use super::nonce_reuse::{NonceReuse, RejectionCause, ReuseHistory};

/// Age after which a challenge may have expired.
const MAX_YOUNG_AGE: Duration = Duration::from_secs(10);

/// The state of the server.
#[derive(Default)]
pub(super) struct State {
    pub(super) server: Server,
    /// `true` after the first response to a signed request; other requests no longer wait for it.
    pub(super) has_response: bool,
    pub(super) reuse: ReuseHistory,
}

/// The authentication that the server requires.
#[derive(Default)]
pub(super) enum Server {
    /// No response has been received.
    #[default]
    Unknown,
    /// An unsigned request succeeded.
    Open,
    /// Requests are signed with this challenge.
    Challenged(ActiveChallenge),
}

impl State {
    /// Returns `true` if requests can be sent without waiting for the first response.
    pub(super) fn is_ready(&self) -> bool {
        self.has_response || matches!(self.server, Server::Open)
    }

    pub(super) fn nonce_reuse(&self) -> NonceReuse {
        match self.server {
            Server::Challenged(_) => self.reuse.nonce_reuse(),
            Server::Unknown | Server::Open => NonceReuse::Shared,
        }
    }

    /// Updates the state after a response that does not reject the key.
    pub(super) fn record_response(&mut self, attempt: &DigestAttempt, status: StatusCode) {
        match attempt.signature {
            Signature::None | Signature::ChallengeRequest => {
                if status.is_success() && matches!(self.server, Server::Unknown) {
                    self.server = Server::Open;
                }
                return;
            }
            // a proxy in front of Atlas returns these without checking the signature
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => return,
            Signature::OwnNonce { .. } => {}
            Signature::SharedNonce { generation, count } => {
                if let Some(challenge) = self.challenge(generation) {
                    challenge.accepted = challenge.accepted.saturating_add(1);
                    challenge.highest = challenge.highest.max(count);
                }
            }
        }
        self.has_response = true;
        self.reuse.record_success(&attempt.rejections);
    }

    /// Returns the likely cause of a rejection, or `None` if the challenge was replaced since.
    pub(super) fn rejection_cause(
        &mut self,
        generation: u64,
        count: u32,
        stale: bool,
    ) -> Option<RejectionCause> {
        let challenge = self.challenge(generation)?;
        let is_reused = challenge.accepted > 1;
        let is_overtaken = count < challenge.highest;
        if challenge.since.elapsed() > MAX_YOUNG_AGE || is_reused && stale && !is_overtaken {
            return Some(RejectionCause::Expired);
        }
        Some(RejectionCause::Early { generation })
    }

    /// Returns `true` if other requests were signed with the same challenge.
    pub(super) fn is_contended(&self, generation: u64, count: u32) -> bool {
        let is_only_use = matches!(&self.server, Server::Challenged(challenge)
            if challenge.generation == generation && challenge.count() == 1);
        !is_only_use || count > 1
    }

    /// Replaces the challenge with which the request was signed.
    ///
    /// An offer with the nonce of the active challenge keeps the counter, because a restarted
    /// counter would use numbers twice. An offer that arrives after a newer one is dropped.
    pub(super) fn adopt(&mut self, offer: Option<WwwAuthenticateHeader>, signature: Signature) {
        let Some(challenge) = offer.filter(|offer| !self.is_active(offer)) else {
            return;
        };
        let generation = match (&self.server, signature) {
            (Server::Unknown | Server::Open, _) => 1,
            (Server::Challenged(active), Signature::SharedNonce { generation, .. })
                if active.generation == generation =>
            {
                generation + 1
            }
            (Server::Challenged(_), _) => return,
        };
        self.server = Server::Challenged(ActiveChallenge::new(challenge, generation));
    }

    /// Returns `true` if the offer has the nonce of the active challenge.
    pub(super) fn is_active(&self, offer: &WwwAuthenticateHeader) -> bool {
        matches!(&self.server, Server::Challenged(active) if active.has_nonce_of(offer))
    }

    /// Returns the generation of the active challenge.
    pub(super) fn generation(&self) -> Option<u64> {
        match &self.server {
            Server::Challenged(active) => Some(active.generation),
            Server::Unknown | Server::Open => None,
        }
    }

    fn challenge(&mut self, generation: u64) -> Option<&mut ActiveChallenge> {
        match &mut self.server {
            Server::Challenged(active) if active.generation == generation => Some(active),
            _ => None,
        }
    }
}
