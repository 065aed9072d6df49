//! Whether a server puts up with one challenge for many calls.
//!
//! Some servers take a challenge once, some want its counter in order, which calls at the same time
//! cannot promise, and some forget a challenge when they hand out the next. None of them says so:
//! it shows in a refusal that the same request, freshly signed, does not meet. Since a challenge
//! that merely expired looks the same, only young ones count, and it takes two.

use std::time::Duration;

use digest_auth::WwwAuthenticateHeader;
use http::StatusCode;

use super::active_challenge::Held;
use super::attempt::{Signed, Trial};
use super::{Server, State};

/// A challenge older than this may well have expired.
const YOUNG: Duration = Duration::from_secs(10);
/// How many challenges must have been refused before their time.
const ENOUGH: u8 = 2;

/// How challenges are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// One challenge for all calls.
    #[default]
    Shared,
    /// A challenge each, which costs a request more a call.
    OneEach,
    /// A challenge each, one call after the other.
    OneAtATime,
}

/// What a refusal may mean, if the call succeeds when it is signed afresh.
#[derive(Clone, Copy)]
pub(super) enum Suspicion {
    /// This challenge was refused before its time.
    Early { generation: u64 },
    /// This challenge has expired.
    Expired,
    /// A challenge of its own was refused, while other calls were about.
    Crowd,
}

/// What has been learned so far.
#[derive(Default)]
pub(super) struct Reuse {
    manner: Manner,
    /// Whether the server has accepted the key, and not refused it for good since.
    proven: bool,
    strikes: u8,
    last_struck: u64,
}

impl Reuse {
    /// Whether the key is known to be right.
    pub(super) fn is_proven(&self) -> bool {
        self.proven
    }

    /// The key was refused in every way there is.
    pub(super) fn doubt(&mut self) {
        self.proven = false;
    }

    fn hold_against(&mut self, suspicion: Suspicion) {
        match suspicion {
            Suspicion::Early { generation } if generation > self.last_struck => {
                self.last_struck = generation;
                self.strikes += 1;
                if self.strikes >= ENOUGH {
                    self.raise(Manner::OneEach);
                }
            }
            Suspicion::Early { .. } => {}
            Suspicion::Expired => self.strikes = 0,
            Suspicion::Crowd => self.raise(Manner::OneAtATime),
        }
    }

    fn raise(&mut self, manner: Manner) {
        if manner > self.manner {
            tracing::debug!(
                ?manner,
                "the server does not take a challenge for several calls"
            );
            self.manner = manner;
        }
    }
}

impl State {
    /// Whether it is known how requests are to go out.
    pub(super) fn is_settled(&self) -> bool {
        self.judged || matches!(self.server, Server::Open)
    }

    pub(super) fn manner(&self) -> Manner {
        match self.server {
            Server::Challenged(_) => self.reuse.manner,
            Server::Unknown | Server::Open => Manner::Shared,
        }
    }

    /// Learns from an answer that is no refusal of the key.
    pub(super) fn learn(&mut self, trial: &Trial, status: StatusCode) {
        match trial.signed {
            Signed::Nothing | Signed::Fetching => {
                if status.is_success() && matches!(self.server, Server::Unknown) {
                    self.server = Server::Open;
                }
                return;
            }
            // what stands before Atlas answers so, whoever asks
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => return,
            Signed::Own { .. } => {}
            Signed::Shared { generation, count } => {
                if let Some(held) = self.held(generation) {
                    held.accepted = held.accepted.saturating_add(1);
                    held.highest = held.highest.max(count);
                }
            }
        }
        self.judged = true;
        self.reuse.proven = true;
        for suspicion in &trial.suspicions {
            self.reuse.hold_against(*suspicion);
        }
    }

    /// What a refusal of this answer may mean; nothing where the challenge held is another by now.
    pub(super) fn suspicion(
        &mut self,
        generation: u64,
        count: u32,
        stale: bool,
    ) -> Option<Suspicion> {
        let held = self.held(generation)?;
        let reused = held.accepted > 1;
        let overtaken = count < held.highest;
        if held.since.elapsed() > YOUNG || reused && stale && !overtaken {
            return Some(Suspicion::Expired);
        }
        Some(Suspicion::Early { generation })
    }

    /// Whether other calls have answered the same challenge.
    pub(super) fn is_contended(&self, generation: u64, count: u32) -> bool {
        let alone = matches!(&self.server, Server::Challenged(held)
            if held.generation == generation && held.count() == 1);
        !alone || count > 1
    }

    /// Keeps a new challenge in place of the one with which the request was signed.
    ///
    /// One that repeats the challenge held keeps the counter, since restarting it would use numbers
    /// twice; one that comes late, after another request has brought a newer one, is not kept.
    pub(super) fn adopt(&mut self, offer: Option<WwwAuthenticateHeader>, signed: Signed) {
        let Some(challenge) = offer.filter(|offer| !self.holds(offer)) else {
            return;
        };
        let generation = match (&self.server, signed) {
            (Server::Unknown | Server::Open, _) => 1,
            (Server::Challenged(held), Signed::Shared { generation, .. })
                if held.generation == generation =>
            {
                generation + 1
            }
            (Server::Challenged(_), _) => return,
        };
        self.server = Server::Challenged(Held::new(challenge, generation));
    }

    /// Whether an offer is the challenge held.
    pub(super) fn holds(&self, offer: &WwwAuthenticateHeader) -> bool {
        matches!(&self.server, Server::Challenged(held) if held.is(offer))
    }

    /// Which challenge is held.
    pub(super) fn generation(&self) -> Option<u64> {
        match &self.server {
            Server::Challenged(held) => Some(held.generation),
            Server::Unknown | Server::Open => None,
        }
    }

    fn held(&mut self, generation: u64) -> Option<&mut Held> {
        match &mut self.server {
            Server::Challenged(held) if held.generation == generation => Some(held),
            _ => None,
        }
    }
}
