//! Who is asking: API keys, and how they are read and shown.
//!
//! The private key is a secret type: it is read here and in `auth/digest.rs`, where requests are
//! signed, and shown nowhere. `auth/challenge.rs` reads what a server demands.

mod challenge;
mod digest;
mod offer;

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, ErrorKind, Result};

pub(crate) use digest::Digest;

/// The variable that holds the public key.
const PUBLIC_KEY: &str = "ATLAS_PUBLIC_KEY";
/// The variable that holds the private key.
const PRIVATE_KEY: &str = "ATLAS_PRIVATE_KEY";

const WHERE_KEYS_COME_FROM: &str =
    "create an API key in Atlas under Access Manager, API Keys, and copy both of its halves";

/// A programmatic API key of Atlas: a public and a private half.
///
/// Printing it shows the first four characters of each half, as far as there are more.
///
/// ```
/// use mongodbatlas::ApiKey;
///
/// let key = ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?;
///
/// assert_eq!(key.public_key(), "zmmrboas");
/// assert!(!format!("{key} {key:?}").contains("52f0"));
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiKey {
    public: String,
    private: SecretString,
}

impl ApiKey {
    /// A key of these two halves; white space around them is not part of them.
    ///
    /// # Errors
    ///
    /// A configuration error when a half is empty or holds a character that no key has.
    pub fn new(public: impl Into<String>, private: impl Into<SecretString>) -> Result<Self> {
        let (public, private) = (public.into(), private.into());
        let public = checked("public", &public)?.to_owned();
        if public.contains(':') {
            return Err(malformed("the public key holds a colon"));
        }
        let private = SecretString::from(checked("private", private.expose_secret())?);
        Ok(Self { public, private })
    }

    /// The public half, which works as a user name.
    pub fn public_key(&self) -> &str {
        &self.public
    }

    /// The private half, for the one place that signs.
    pub(crate) fn private_key(&self) -> &SecretString {
        &self.private
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey")
            .field("public_key", &obfuscate(&self.public, SHOWN))
            .field(
                "private_key",
                &obfuscate(self.private.expose_secret(), SHOWN),
            )
            .finish()
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ApiKey(public_key='{}', private_key='{}')",
            obfuscate(&self.public, SHOWN),
            obfuscate(self.private.expose_secret(), SHOWN)
        )
    }
}

/// How a client proves who it is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Credentials {
    /// An API key, proved by HTTP digest.
    ApiKey(ApiKey),
}

impl From<ApiKey> for Credentials {
    fn from(key: ApiKey) -> Self {
        Self::ApiKey(key)
    }
}

/// The API key that the environment holds.
///
/// # Errors
///
/// A configuration error that names the variable which is unset, empty or malformed.
pub(crate) fn from_environment(read: impl Fn(&str) -> Option<String>) -> Result<ApiKey> {
    let public = variable(&read, PUBLIC_KEY)?;
    let private = variable(&read, PRIVATE_KEY)?;
    ApiKey::new(public, private)
}

/// How many characters of a key are shown.
pub(crate) const SHOWN: usize = 4;

/// Hides all but the first `show` characters of a text, which are put at its end; a text that has
/// no more than that, or no more than four characters, is hidden completely.
///
/// ```
/// use mongodbatlas::obfuscate;
///
/// assert_eq!(obfuscate("ABCDEFGH", 4), "xxxxABCD");
/// assert_eq!(obfuscate("ABCD", 4), "xxxx");
/// ```
pub fn obfuscate(text: &str, show: usize) -> String {
    let length = text.chars().count();
    if length <= show.max(SHOWN) {
        return "x".repeat(length);
    }
    let mut hidden = "x".repeat(length - show);
    hidden.extend(text.chars().take(show));
    hidden
}

/// What a variable holds.
fn variable(read: &impl Fn(&str) -> Option<String>, name: &str) -> Result<String> {
    let problem = match read(name) {
        Some(text) if !text.trim().is_empty() => return Ok(text),
        Some(_) => "is empty",
        None => "is not set",
    };
    Err(Error::new(
        ErrorKind::Configuration,
        format!("the environment variable `{name}` {problem}"),
    )
    .with_hint(format!(
        "set `{PUBLIC_KEY}` and `{PRIVATE_KEY}`; {WHERE_KEYS_COME_FROM}"
    )))
}

/// A half of a key without the white space around it.
fn checked<'a>(name: &str, text: &'a str) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(malformed(&format!("the {name} key is empty")));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        return Err(malformed(&format!(
            "the {name} key holds a space or a character that no key has"
        )));
    }
    Ok(text)
}

fn malformed(message: &str) -> Error {
    Error::new(ErrorKind::Configuration, message).with_hint(WHERE_KEYS_COME_FROM)
}

/// Whether something in the challenges of these headers can be answered.
#[cfg(any(test, fuzzing))]
pub(crate) fn can_be_answered(headers: &http::HeaderMap) -> bool {
    offer::strongest(headers).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(public: Option<&str>, private: Option<&str>) -> Result<ApiKey> {
        from_environment(|name| {
            let value = if name == PUBLIC_KEY { public } else { private };
            value.map(str::to_owned)
        })
    }

    #[test]
    fn the_environment_holds_a_key() {
        let key = environment(Some("zmmrboas"), Some(" 7ac3d6b1\n")).unwrap();

        assert_eq!(key.public_key(), "zmmrboas");
        assert_eq!(key.private_key().expose_secret(), "7ac3d6b1");
    }

    #[test]
    fn the_variable_that_is_wrong_is_named() {
        let cases = [
            (
                None,
                Some("b"),
                "the environment variable `ATLAS_PUBLIC_KEY` is not set",
            ),
            (
                Some("a"),
                None,
                "the environment variable `ATLAS_PRIVATE_KEY` is not set",
            ),
            (
                Some(" "),
                Some("b"),
                "the environment variable `ATLAS_PUBLIC_KEY` is empty",
            ),
            (
                Some("a"),
                Some(""),
                "the environment variable `ATLAS_PRIVATE_KEY` is empty",
            ),
        ];

        for (public, private, message) in cases {
            let error = environment(public, private).unwrap_err();
            assert!(error.is_configuration());
            assert_eq!(error.to_string(), message);
            assert!(error.hint().unwrap().contains("`ATLAS_PRIVATE_KEY`"));
        }
    }

    #[test]
    fn a_malformed_half_is_named_and_not_shown() {
        let cases = [
            ("", "secret", "the public key is empty"),
            ("public", " ", "the private key is empty"),
            ("pub:lic", "secret", "the public key holds a colon"),
            (
                "public",
                "sec\nret",
                "the private key holds a space or a character that no key has",
            ),
            (
                "püblic",
                "secret",
                "the public key holds a space or a character that no key has",
            ),
        ];

        for (public, private, message) in cases {
            let error = ApiKey::new(public, private).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert!(!format!("{error:?}").contains("sec"));
        }
    }

    #[test]
    fn keys_are_shown_as_they_always_were() {
        let key = ApiKey::new("ABCDEFGH", "1111-2222").unwrap();

        assert_eq!(
            key.to_string(),
            "ApiKey(public_key='xxxxABCD', private_key='xxxxx1111')"
        );
        assert_eq!(
            format!("{:?}", Credentials::from(key)),
            "ApiKey(ApiKey { public_key: \"xxxxABCD\", private_key: \"xxxxx1111\" })"
        );
    }

    #[test]
    fn short_texts_are_hidden_completely() {
        let cases = [
            ("", 4, ""),
            ("abc", 2, "xxx"),
            ("abcd", 4, "xxxx"),
            ("äbcde", 4, "xäbcd"),
            ("abcdef", 9, "xxxxxx"),
        ];

        for (text, show, hidden) in cases {
            assert_eq!(obfuscate(text, show), hidden);
        }
    }
}
