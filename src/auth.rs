//! Credentials: types, lookup and request signing.
//!
//! Secrets have secret types, whose `Debug` prints `[REDACTED]`. They are read where requests are
//! signed (`auth/digest.rs`, `auth/bearer.rs`, `auth/token_provider/exchange.rs`) and where a token is
//! stored for other processes (`auth/token_cache.rs`). `auth/authorizer.rs` is the interface of the
//! transport, `auth/credential_chain.rs` finds the default credentials, and `auth/digest/challenge.rs` parses
//! the challenges of a server.

mod api_key;
mod attempt;
mod authorizer;
mod bearer;
mod credential_chain;
mod credentials;
mod digest;
mod paths;
mod permission;
mod service_account;
mod token;
mod token_cache;
mod token_endpoint;
mod token_provider;

use crate::error::{Error, ErrorKind, Result};

pub use api_key::ApiKey;
pub(crate) use authorizer::Authorizer;
pub use credential_chain::{CredentialSource, EnvironmentVariable, environment_variables};
pub(crate) use credential_chain::{
    Defaults, ResolvedCredentials, base_url_of_profile, defaults_of, find, find_in_profile,
};
pub use credentials::{AccessToken, Credentials};
pub(crate) use paths::{Environment, token_cache_file};
pub use service_account::ServiceAccount;
pub(crate) use token_endpoint::TokenEndpoint;

/// Texts up to this length are masked completely.
const MAX_FULLY_MASKED: usize = 4;

/// Masks a text except for its first `show` characters, which are moved to the end. A text of at
/// most `show` or at most four characters is masked completely.
///
/// ```
/// use mongodbatlas::obfuscate;
///
/// assert_eq!(obfuscate("ABCDEFGH", 4), "xxxxABCD");
/// assert_eq!(obfuscate("ABCD", 4), "xxxx");
/// ```
pub fn obfuscate(text: &str, show: usize) -> String {
    let length = text.chars().count();
    if length <= show.max(MAX_FULLY_MASKED) {
        return "x".repeat(length);
    }
    let mut hidden = "x".repeat(length - show);
    hidden.extend(text.chars().take(show));
    hidden
}

/// Trims and validates one part of a credential.
fn validate_part<'a>(name: &str, text: &'a str, hint: &'static str) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(malformed_credential_error(
            &format!("the {name} is empty"),
            hint,
        ));
    }
    if !text.chars().all(|c| c.is_ascii_graphic()) {
        let message = format!(
            "the {name} contains a character that is not allowed in a {}",
            last_word(name)
        );
        return Err(malformed_credential_error(&message, hint));
    }
    Ok(text)
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

fn malformed_credential_error(message: &str, hint: &'static str) -> Error {
    Error::new(ErrorKind::Configuration, message).with_hint(hint)
}

#[cfg(any(test, fuzzing))]
pub(crate) use credential_chain::find_in_text;

/// Returns `true` if the headers contain a supported challenge.
#[cfg(any(test, fuzzing))]
pub(crate) fn has_supported_challenge(headers: &http::HeaderMap) -> bool {
    digest::select_challenge(headers).is_some()
}

#[cfg(test)]
mod tests;
