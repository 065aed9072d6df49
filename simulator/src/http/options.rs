//! The configuration of a simulator.

pub(crate) mod seed;

use std::time::Duration;

use crate::http::options::seed::Seed;
use crate::state::clock::Clock;

/// The default of [`Options::with_nonce_lifetime`].
const NONCE_LIFETIME: Duration = Duration::from_mins(5);

/// Replacement for a secret in `Debug` output.
pub(crate) const REDACTED: &str = "[REDACTED]";

/// The key pair of the simulator's owner.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) public: String,
    pub(crate) private: String,
}

/// The service account of the simulator's owner.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// The configuration of [`Simulator::start`](crate::Simulator::start).
///
/// Default: the demo organization, the real clock and a free port.
#[derive(Clone)]
pub struct Options {
    pub(crate) port: u16,
    pub(crate) keys: Keys,
    pub(crate) account: Account,
    pub(crate) enforces_rate_limits: bool,
    pub(crate) is_controlled: bool,
    pub(crate) public_url: Option<String>,
    pub(crate) seed: Seed,
    pub(crate) clock: Clock,
    pub(crate) nonce_lifetime: Duration,
}

impl Options {
    /// Returns the default configuration.
    pub fn new() -> Self {
        Self {
            port: 0,
            keys: Keys {
                public: crate::Simulator::PUBLIC_KEY.to_owned(),
                private: crate::Simulator::PRIVATE_KEY.to_owned(),
            },
            account: Account {
                id: crate::Simulator::CLIENT_ID.to_owned(),
                secret: crate::Simulator::CLIENT_SECRET.to_owned(),
            },
            enforces_rate_limits: true,
            is_controlled: false,
            public_url: None,
            seed: Seed::demo(),
            clock: Clock::real(),
            nonce_lifetime: NONCE_LIFETIME,
        }
    }

    /// Listens on this port. Default: 0, which selects a free one.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Accepts this key pair instead of the default one.
    #[must_use]
    pub fn with_keys(mut self, public: impl Into<String>, private: impl Into<String>) -> Self {
        self.keys = Keys {
            public: public.into(),
            private: private.into(),
        };
        self
    }

    /// Accepts this service account instead of the default one.
    #[must_use]
    pub fn with_service_account(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        self.account = Account {
            id: id.into(),
            secret: secret.into(),
        };
        self
    }

    /// Enforces the rate limits if `true`, or otherwise only sends their headers. Default: `true`.
    #[must_use]
    pub fn with_rate_limits(mut self, enforced: bool) -> Self {
        self.enforces_rate_limits = enforced;
        self
    }

    /// Serves the control interface under `/_simulator`, without credentials. Default: `false`.
    #[must_use]
    pub fn with_control(mut self, enabled: bool) -> Self {
        self.is_controlled = enabled;
        self
    }

    /// Uses this base URL in the links of responses, such as `https://atlas.example`.
    ///
    /// Default: the host of the request, or `X-Forwarded-Proto` and `X-Forwarded-Host` of a proxy.
    #[must_use]
    pub fn with_public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Starts with this data instead of the demo organization.
    #[must_use]
    pub fn with_seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// Uses this clock instead of the real one.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Accepts a nonce for this long. Later, a valid digest response leads to a 401 with
    /// `stale=true`. Default: 5 min.
    ///
    /// The age is the time that [`Simulator::advance`](crate::Simulator::advance) added, plus real time on a
    /// running clock. Neither [`Clock::fast`] nor [`Clock::per_request`] accelerates it.
    #[must_use]
    pub fn with_nonce_lifetime(mut self, lifetime: Duration) -> Self {
        self.nonce_lifetime = lifetime;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("keys", &self.keys)
            .field("service_account", &self.account)
            .field("rate_limits", &self.enforces_rate_limits)
            .field("control", &self.is_controlled)
            .field("public_url", &self.public_url)
            .field("seed", &self.seed)
            .field("clock", &self.clock)
            .field("nonce_lifetime", &self.nonce_lifetime)
            .finish()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Keys")
            .field("public", &self.public)
            .field("private", &format_args!("{REDACTED}"))
            .finish()
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Account")
            .field("id", &self.id)
            .field("secret", &format_args!("{REDACTED}"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Simulator;

    #[test]
    fn debug_output_omits_the_private_key_and_the_client_secret() {
        let options = Options::new()
            .with_keys("simulate", "hunter2-key")
            .with_service_account("mdb_sa_id_1", "hunter2-secret");
        let simulator = Simulator::start_blocking(options.clone()).unwrap();
        let (keys, account) = (options.keys.clone(), options.account.clone());

        for text in [
            format!("{options:?}"),
            format!("{simulator:?}"),
            format!("{keys:?} {account:?}"),
        ] {
            assert!(
                text.contains("simulate") && text.contains("mdb_sa_id_1"),
                "{text}"
            );
            assert!(
                text.contains("[REDACTED]") && !text.contains("hunter2"),
                "{text}"
            );
        }
    }
}
