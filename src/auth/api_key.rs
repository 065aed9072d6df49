//! API keys.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::{malformed_credential_error, validate_part};
use crate::error::Result;
use crate::redacted::Redacted;

const API_KEY_HINT: &str = "create an API key in Atlas under Organization → Access Manager → API Keys, and copy both of its keys";

/// A programmatic API key of Atlas: a public and a private key.
///
/// `Debug` prints the public key and redacts the private key.
///
/// ```
/// use mongodbatlas::ApiKey;
///
/// let key = ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?;
///
/// assert_eq!(key.public_key(), "zmmrboas");
/// assert_eq!(
///     format!("{key:?}"),
///     r#"ApiKey { public_key: "zmmrboas", private_key: [REDACTED] }"#
/// );
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiKey {
    public_key: String,
    private_key: SecretString,
}

impl ApiKey {
    /// Creates an API key from its public and its private key. Surrounding white space is trimmed.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if a key is empty or contains an invalid character.
    pub fn new(public: impl Into<String>, private: impl Into<String>) -> Result<Self> {
        let (public, private) = (public.into(), SecretString::from(private.into()));
        let public = validate_part("public key", &public, API_KEY_HINT)?.to_owned();
        if public.contains(':') {
            return Err(malformed_credential_error(
                "the public key contains a colon",
                API_KEY_HINT,
            ));
        }
        let private = SecretString::from(validate_part(
            "private key",
            private.expose_secret(),
            API_KEY_HINT,
        )?);
        Ok(Self {
            public_key: public,
            private_key: private,
        })
    }

    /// Returns the public key, which is the user name of HTTP digest.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Returns the private key.
    pub(crate) fn private_key(&self) -> &SecretString {
        &self.private_key
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey")
            .field("public_key", &self.public_key)
            .field("private_key", &Redacted)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_key_is_named_but_not_shown() {
        let cases = [
            ("", "secret", "the public key is empty"),
            ("public", " ", "the private key is empty"),
            ("pub:lic", "secret", "the public key contains a colon"),
            (
                "public",
                "sec\nret",
                "the private key contains a character that is not allowed in a key",
            ),
            (
                "püblic",
                "secret",
                "the public key contains a character that is not allowed in a key",
            ),
        ];

        for (public, private, message) in cases {
            let error = ApiKey::new(public, private).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert!(!format!("{error:?}").contains("sec"));
        }
    }

    #[test]
    fn trims_white_space() {
        let key = ApiKey::new(" zmmrboas", "7ac3d6b1\n").unwrap();

        assert_eq!(key.public_key(), "zmmrboas");
        assert_eq!(key.private_key().expose_secret(), "7ac3d6b1");
    }
}
