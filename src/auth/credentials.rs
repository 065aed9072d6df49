//! The kinds of credentials.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::{ApiKey, ServiceAccount, validate_part};
use crate::error::Result;
use crate::redacted::Redacted;

/// The credentials of a client.
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
    /// An API key, used with HTTP digest.
    ApiKey(ApiKey),
    /// A service account, used with OAuth access tokens.
    ServiceAccount(ServiceAccount),
    /// An access token, which is not renewed.
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

/// An OAuth access token. `Debug` redacts it.
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
    /// Creates an access token. Surrounding white space is trimmed.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if the token is empty or contains an invalid character.
    pub fn new(token: impl Into<String>) -> Result<Self> {
        let token = SecretString::from(token.into());
        let hint = "pass the token without the prefix `Bearer`";
        Ok(Self(SecretString::from(validate_part(
            "access token",
            token.expose_secret(),
            hint,
        )?)))
    }

    /// Returns the token.
    pub(crate) fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccessToken").field(&Redacted).finish()
    }
}
