//! The kinds of credentials.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::{ApiKey, ServiceAccount, checked};
use crate::error::Result;
use crate::redacted::Redacted;

/// How a client proves who it is.
///
/// ```
/// use mongodbatlas::{ApiKey, Credentials, ServiceAccount};
///
/// let key: Credentials = ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?.into();
/// let account: Credentials =
///     ServiceAccount::new("mdb_sa_id_0123456789abcdef01234567", "mdb_sa_sk_secret")?.into();
/// # let _ = (key, account);
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Credentials {
    /// An API key, proved by HTTP digest.
    ApiKey(ApiKey),
    /// A service account, which obtains tokens.
    ServiceAccount(ServiceAccount),
    /// A token that was obtained elsewhere; it is used until it expires.
    Token(AccessToken),
}

impl From<ApiKey> for Credentials {
    fn from(key: ApiKey) -> Self {
        Self::ApiKey(key)
    }
}

impl From<ServiceAccount> for Credentials {
    fn from(account: ServiceAccount) -> Self {
        Self::ServiceAccount(account)
    }
}

impl From<AccessToken> for Credentials {
    fn from(token: AccessToken) -> Self {
        Self::Token(token)
    }
}

/// A bearer token that was obtained elsewhere. `Debug` prints no part of it.
///
/// ```
/// use mongodbatlas::AccessToken;
///
/// let token = AccessToken::new("eyJhbGciOiJFUzUxMiJ9.e30.c2ln")?;
///
/// assert_eq!(format!("{token:?}"), "AccessToken([REDACTED])");
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// This token; white space around it is not part of it.
    ///
    /// # Errors
    ///
    /// A configuration error when it is empty or holds a character that no token has.
    pub fn new(token: impl Into<String>) -> Result<Self> {
        let token = SecretString::from(token.into());
        let hint = "give the token alone, without the word `Bearer` in front of it";
        Ok(Self(SecretString::from(checked(
            "access token",
            token.expose_secret(),
            hint,
        )?)))
    }

    /// The token, for the one place that sends it.
    pub(crate) fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccessToken").field(&Redacted).finish()
    }
}
