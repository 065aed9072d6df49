//! A token and its times.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::redacted::Redacted;

/// The longest time, in seconds, that a token is renewed ahead of its expiry.
const AHEAD: u64 = 300;
/// How long before its expiry, in seconds, a token is not sent any more, since it has to arrive.
const MARGIN: u64 = 5;

/// A token of a service account.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) secret: SecretString,
    /// In seconds since 1970, as the next.
    pub(super) obtained_at: u64,
    pub(super) expires_at: u64,
}

impl Token {
    /// Whether it is good and not yet due to be renewed: five minutes ahead of its expiry, or a
    /// tenth of its life if that is less. A token from the future is a broken clock's, and not fresh.
    pub(super) fn is_fresh(&self, now: u64) -> bool {
        let life = self.expires_at.saturating_sub(self.obtained_at);
        let ahead = AHEAD.min(life / 10);
        self.obtained_at <= now.saturating_add(AHEAD)
            && now.saturating_add(ahead.max(MARGIN)) < self.expires_at
    }

    /// Whether it can still be sent.
    pub(super) fn is_good(&self, now: u64) -> bool {
        now.saturating_add(MARGIN) < self.expires_at
    }

    /// Whether it is this one.
    pub(super) fn is(&self, other: Option<&SecretString>) -> bool {
        other.is_some_and(|other| other.expose_secret() == self.secret.expose_secret())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("secret", &Redacted)
            .field("obtained_at", &self.obtained_at)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(obtained_at: u64, expires_at: u64) -> Token {
        Token {
            secret: "geheim".into(),
            obtained_at,
            expires_at,
        }
    }

    #[test]
    fn an_hour_is_renewed_five_minutes_ahead() {
        let token = token(1_000, 4_600);

        assert!(token.is_fresh(1_000) && token.is_fresh(4_299));
        assert!(!token.is_fresh(4_300) && token.is_good(4_300));
        assert!(token.is_good(4_594) && !token.is_good(4_595));
    }

    #[test]
    fn a_short_life_is_renewed_a_tenth_ahead() {
        let token = token(1_000, 1_100);

        assert!(token.is_fresh(1_089) && !token.is_fresh(1_090));
    }

    #[test]
    fn a_token_from_the_future_is_not_believed() {
        assert!(!token(10_000, 13_600).is_fresh(1_000));
    }

    #[test]
    fn times_out_of_this_world_are_survived() {
        assert!(!token(u64::MAX, 0).is_fresh(u64::MAX));
        assert!(!token(0, u64::MAX).is_good(u64::MAX));
    }

    #[test]
    fn a_token_is_not_shown() {
        assert!(!format!("{:?}", token(1, 2)).contains("geheim"));
    }
}
