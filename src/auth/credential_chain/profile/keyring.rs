//! The system's keyring, in the format of the official CLI.
//!
//! An entry has the service `atlascli_<profile>` and the name of the value as its user. The library
//! `go-keyring` encodes values on macOS and marks them with a prefix; on Windows it names entries
//! `service:user`.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keyring_core::{Entry, Error, Result};
use secrecy::SecretString;

const BASE64: &str = "go-keyring-base64:";
const HEXADECIMAL: &str = "go-keyring-encoded:";

/// Returns a value of a profile.
pub(super) fn value(profile: &str, name: &str) -> Result<Option<SecretString>> {
    if let Err(error) = keyring::Entry::store_status() {
        tracing::debug!(%error, "no keyring available");
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
        Ok(secret) => Ok(decode(&secret).map(SecretString::from)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Decodes a value according to its prefix; `None` if it is blank or malformed.
fn decode(secret: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(secret).ok()?.trim();
    let text = if let Some(encoded) = text.strip_prefix(BASE64) {
        String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?
    } else if let Some(encoded) = text.strip_prefix(HEXADECIMAL) {
        String::from_utf8(decode_hexadecimal(encoded)?).ok()?
    } else {
        text.to_owned()
    };
    (!text.is_empty()).then_some(text)
}

fn decode_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let (pairs, remainder) = digits.as_deref()?.as_chunks::<2>();
    remainder
        .is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_values_of_the_official_cli() {
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
            assert_eq!(decode(secret).as_deref(), text);
        }
    }
}
