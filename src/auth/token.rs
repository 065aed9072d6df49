//! An access token with its lifetime.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::redacted::Redacted;

/// Maximum seconds before its expiry at which a token is refreshed.
const REFRESH_AHEAD: u64 = 300;
/// Seconds before its expiry from which a token is no longer sent.
const EXPIRY_MARGIN: u64 = 5;

/// A token of a service account.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) secret: SecretString,
    /// Seconds since 1970, as `expires_at`.
    pub(super) obtained_at: u64,
    pub(super) expires_at: u64,
}

impl Token {
    /// Returns `true` if the token is valid and not due for a refresh. The refresh is due five minutes
    /// before the token expires, or a tenth of its lifetime if that is less. A token from the future
    /// indicates a wrong clock and is not fresh.
    pub(super) fn is_fresh(&self, now: u64) -> bool {
        let lifetime = self.expires_at.saturating_sub(self.obtained_at);
        let ahead = REFRESH_AHEAD.min(lifetime / 10);
        self.obtained_at <= now.saturating_add(REFRESH_AHEAD)
            && now.saturating_add(ahead.max(EXPIRY_MARGIN)) < self.expires_at
    }

    /// Returns `true` if the token can still be sent.
    pub(super) fn is_valid(&self, now: u64) -> bool {
        now.saturating_add(EXPIRY_MARGIN) < self.expires_at
    }

    /// Returns `true` if the tokens are equal.
    pub(super) fn equals(&self, other: Option<&SecretString>) -> bool {
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

    fn new_token(obtained_at: u64, expires_at: u64) -> Token {
        Token {
            secret: "hunter2".into(),
            obtained_at,
            expires_at,
        }
    }

    #[test]
    fn one_hour_token_is_refreshed_five_minutes_early() {
        let token = new_token(1_000, 4_600);

        assert!(token.is_fresh(1_000) && token.is_fresh(4_299));
        assert!(!token.is_fresh(4_300) && token.is_valid(4_300));
        assert!(token.is_valid(4_594) && !token.is_valid(4_595));
    }

    #[test]
    fn short_lived_token_is_refreshed_a_tenth_early() {
        let token = new_token(1_000, 1_100);

        assert!(token.is_fresh(1_089) && !token.is_fresh(1_090));
    }

    #[test]
    fn token_from_the_future_is_not_fresh() {
        assert!(!new_token(10_000, 13_600).is_fresh(1_000));
    }

    #[test]
    fn extreme_times_do_not_overflow() {
        assert!(!new_token(u64::MAX, 0).is_fresh(u64::MAX));
        assert!(!new_token(0, u64::MAX).is_valid(u64::MAX));
    }

    #[test]
    fn debug_omits_the_secret() {
        assert!(!format!("{:?}", new_token(1, 2)).contains("hunter2"));
    }
}
