//! Who is asking: API keys, service accounts and tokens, where they come from, and how they are
//! proved and shown.
//!
//! Secrets are secret types, which print as nothing: they are read where requests are signed
//! (`auth/digest.rs`, `auth/bearer.rs`, `auth/token_provider/exchange.rs`) and where a token is kept for other
//! processes (`auth/token_cache.rs`). `Debug` prints `[REDACTED]` for them. `auth/authorizer.rs` is what the transport sees; `auth/credential_chain.rs` finds
//! credentials that nobody gave; `auth/challenge.rs` reads what a server demands.

mod api_key;
mod attempt;
mod authorizer;
mod bearer;
mod challenge;
mod credential_chain;
mod credentials;
mod digest;
mod offer;
mod paths;
mod service_account;
mod token;
mod token_cache;
mod token_provider;

use crate::error::{Error, ErrorKind, Result};

pub use api_key::ApiKey;
pub(crate) use authorizer::{Authorizer, Door};
pub(crate) use credential_chain::{Found, base_url_of_profile, find, find_in_profile};
pub use credentials::{AccessToken, Credentials};
pub(crate) use paths::{Environment, token_cache_file};
pub use service_account::ServiceAccount;

/// How many characters of a key are shown.
const SHOWN: usize = 4;

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

/// A part of a credential without the white space around it.
fn checked<'a>(name: &str, text: &'a str, hint: &'static str) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(malformed(&format!("the {name} is empty"), hint));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        let message = format!(
            "the {name} holds a space or a character that no {} has",
            kind(name)
        );
        return Err(malformed(&message, hint));
    }
    Ok(text)
}

/// The last word of a part's name.
fn kind(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

fn malformed(message: &str, hint: &'static str) -> Error {
    Error::new(ErrorKind::Configuration, message).with_hint(hint)
}

#[cfg(any(test, fuzzing))]
pub(crate) use credential_chain::find_in_text;

/// Whether something in the challenges of these headers can be answered.
#[cfg(any(test, fuzzing))]
pub(crate) fn can_be_answered(headers: &http::HeaderMap) -> bool {
    offer::strongest(headers).is_some()
}

#[cfg(test)]
mod tests;
