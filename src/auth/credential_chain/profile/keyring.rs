//! The system's keyring, as the official CLI writes to it.
//!
//! Its entries have the service `atlascli_<profile>` and the value's name as their user. The library
//! with which it writes has habits of its own: on macOS it encodes values and says so in front of
//! them, on Windows it names entries `service:user`.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keyring_core::{Entry, Error, Result};
use secrecy::SecretString;

const BASE64: &str = "go-keyring-base64:";
const HEXADECIMAL: &str = "go-keyring-encoded:";

/// What the keyring holds under this name for this profile.
pub(super) fn value(profile: &str, name: &str) -> Result<Option<SecretString>> {
    if let Err(error) = keyring::Entry::store_status() {
        tracing::debug!(%error, "there is no keyring");
        return Err(Error::NoDefaultStore);
    }
    let service = format!("atlascli_{profile}");
    let target = format!("{service}:{name}");
    let mut modifiers = HashMap::new();
    if cfg!(windows) {
        modifiers.insert("target", target.as_str());
    }
    let secret = Entry::new_with_modifiers(&service, name, &modifiers)?.get_secret();
    match secret {
        Ok(secret) => Ok(decoded(&secret).map(SecretString::from)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The value without the encoding of which it tells; an empty one is none, and neither is one that
/// cannot be decoded.
fn decoded(secret: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(secret).ok()?.trim();
    let text = if let Some(encoded) = text.strip_prefix(BASE64) {
        String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?
    } else if let Some(encoded) = text.strip_prefix(HEXADECIMAL) {
        String::from_utf8(from_hexadecimal(encoded)?).ok()?
    } else {
        text.to_owned()
    };
    (!text.is_empty()).then_some(text)
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_the_official_cli_are_undone() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"geheim", Some("geheim")),
            (b"go-keyring-base64:Z2VoZWlt", Some("geheim")),
            (b"go-keyring-encoded:67656865696d", Some("geheim")),
            (b"go-keyring-encoded:6", None),
            (b"go-keyring-base64:!", None),
            (b"", None),
            (b"\xff", None),
        ];

        for (secret, text) in cases {
            assert_eq!(decoded(secret).as_deref(), text);
        }
    }
}
