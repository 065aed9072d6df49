//! The API key: a public and a private half.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::{checked, malformed};
use crate::error::Result;
use crate::redacted::Redacted;

const WHERE_KEYS_COME_FROM: &str =
    "create an API key in Atlas under Access Manager, API Keys, and copy both of its halves";

/// A programmatic API key of Atlas: a public and a private half.
///
/// `Debug` prints the public half and no part of the private one.
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
    /// A key of these two halves; white space around them is not part of them.
    ///
    /// # Errors
    ///
    /// A configuration error when a half is empty or holds a character that no key has.
    pub fn new(public: impl Into<String>, private: impl Into<String>) -> Result<Self> {
        let (public, private) = (public.into(), SecretString::from(private.into()));
        let public = checked("public key", &public, WHERE_KEYS_COME_FROM)?.to_owned();
        if public.contains(':') {
            return Err(malformed(
                "the public key holds a colon",
                WHERE_KEYS_COME_FROM,
            ));
        }
        let private = SecretString::from(checked(
            "private key",
            private.expose_secret(),
            WHERE_KEYS_COME_FROM,
        )?);
        Ok(Self {
            public_key: public,
            private_key: private,
        })
    }

    /// The public half, which works as a user name.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The private half, for the one place that signs.
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
    fn a_malformed_half_is_named_and_not_shown() {
        let cases = [
            ("", "secret", "the public key is empty"),
            ("public", " ", "the private key is empty"),
            ("pub:lic", "secret", "the public key holds a colon"),
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
    fn white_space_around_a_half_is_not_part_of_it() {
        let key = ApiKey::new(" zmmrboas", "7ac3d6b1\n").unwrap();

        assert_eq!(key.public_key(), "zmmrboas");
        assert_eq!(key.private_key().expose_secret(), "7ac3d6b1");
    }
}
