//! Service accounts.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::{malformed_credential_error, validate_part};
use crate::error::Result;
use crate::redacted::Redacted;

const SERVICE_ACCOUNT_HINT: &str = "create a service account in Atlas under Organization → Access Manager → Service \
                                    Accounts, and copy its client id and its secret";

/// A service account of Atlas: a client id and a client secret.
///
/// The client fetches an access token for the first request and renews it before it expires. Atlas
/// issues ten tokens a minute and accepts at most a hundred at a time, so the client shares tokens with
/// other processes of the user; see [`Builder::with_token_cache`](crate::Builder::with_token_cache).
///
/// ```
/// use mongodbatlas::ServiceAccount;
///
/// let account = ServiceAccount::new("mdb_sa_id_0123456789abcdef01234567", "mdb_sa_sk_hunter2")?;
///
/// assert_eq!(account.client_id(), "mdb_sa_id_0123456789abcdef01234567");
/// assert!(!format!("{account:?}").contains("hunter2"));
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone)]
pub struct ServiceAccount {
    client_id: String,
    client_secret: SecretString,
}

impl ServiceAccount {
    /// Creates credentials from the client id and secret of a service account. Trims surrounding white space.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if the id or the secret is empty or contains an invalid character.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Result<Self> {
        let (id, secret) = (client_id.into(), SecretString::from(client_secret.into()));
        let id = validate_part("client id", &id, SERVICE_ACCOUNT_HINT)?.to_owned();
        if id.contains(':') {
            return Err(malformed_credential_error(
                "the client id contains a colon",
                SERVICE_ACCOUNT_HINT,
            ));
        }
        let secret = validate_part(
            "client secret",
            secret.expose_secret(),
            SERVICE_ACCOUNT_HINT,
        )?;
        Ok(Self {
            client_id: id,
            client_secret: SecretString::from(secret),
        })
    }

    /// Returns the client id.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Returns the client secret.
    pub(super) fn client_secret(&self) -> &SecretString {
        &self.client_secret
    }
}

impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("client_id", &self.client_id)
            .field("client_secret", &Redacted)
            .finish()
    }
}
