//! The service account: an id and a secret that obtain tokens.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::{checked, malformed};
use crate::error::Result;
use crate::redacted::Redacted;

const WHERE_ACCOUNTS_COME_FROM: &str = "create a service account in Atlas under Access Manager, \
                                        Service Accounts, and copy its client id and its secret";

/// A service account of Atlas: a client id and a client secret.
///
/// It obtains an access token with its first call, renews it ahead of its expiry, and shares it with
/// other processes of this user, since Atlas hands out only ten tokens a minute and keeps no more
/// than a hundred alive; see [`Builder::with_token_cache`](crate::Builder::with_token_cache).
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
    /// An account of this id and this secret; white space around them is not part of them.
    ///
    /// # Errors
    ///
    /// A configuration error when one is empty or holds a character that no account has.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Result<Self> {
        let (id, secret) = (client_id.into(), SecretString::from(client_secret.into()));
        let id = checked("client id", &id, WHERE_ACCOUNTS_COME_FROM)?.to_owned();
        if id.contains(':') {
            return Err(malformed(
                "the client id holds a colon",
                WHERE_ACCOUNTS_COME_FROM,
            ));
        }
        let secret = checked(
            "client secret",
            secret.expose_secret(),
            WHERE_ACCOUNTS_COME_FROM,
        )?;
        Ok(Self {
            client_id: id,
            client_secret: SecretString::from(secret),
        })
    }

    /// The client id, which works as a user name.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The client secret, for the one place that sends it.
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
