//! Converts error responses of the OAuth endpoints.

use http::HeaderMap;
use serde::Deserialize;

use super::ErrorKind::{self, BadRequest, Configuration, Forbidden, RateLimited, Unauthorized};
use super::codes::{status_hint, status_kind};
use super::{Error, one_line};

/// An error document of OAuth.
#[derive(Deserialize)]
struct OAuthError {
    error: String,
    error_description: Option<String>,
}

/// The beginning of the message of Atlas for more than a hundred valid tokens.
const TOKEN_LIMIT_DETAIL: &str = "access token limit reached";

/// The error codes of OAuth, with kind and hint.
const CODE_MEANINGS: &[(&str, ErrorKind, &str)] = &[
    (
        "invalid_client",
        Unauthorized,
        "check the service account's client id and secret: they must belong together, and the \
         secret must not have expired or been deleted in Atlas",
    ),
    ("unauthorized_client", Forbidden, ACCOUNT_HINT),
    ("access_denied", Forbidden, ACCOUNT_HINT),
    ("invalid_scope", Forbidden, ACCOUNT_HINT),
    ("unsupported_grant_type", Configuration, BASE_URL_HINT),
    ("invalid_request", BadRequest, BASE_URL_HINT),
];

const ACCOUNT_HINT: &str = "grant the service account a role in Atlas: Organization → Access Manager → \
                       Service Accounts; check that it has not been deleted";
const BASE_URL_HINT: &str =
    "check the base URL (`ATLAS_BASE_URL`): the server is probably not Atlas";
const TOO_MANY_TOKENS_HINT: &str = "this service account has a hundred valid access tokens: wait at most an hour until some expire, or \
     revoke some; use the token cache, so that programs share tokens";

impl Error {
    /// Creates an error from an error response of an OAuth endpoint.
    pub(crate) fn from_token_response(
        status: u16,
        request: Option<(&str, &str)>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let Ok(document) = serde_json::from_slice::<OAuthError>(body) else {
            return Self::from_response(status, request, headers, body);
        };
        let code = one_line(&document.error);
        let detail = document.error_description.as_deref().map(one_line);
        let detail = detail.filter(|detail| !detail.is_empty());
        let is_limited = detail
            .as_deref()
            .is_some_and(|detail| detail.to_ascii_lowercase().starts_with(TOKEN_LIMIT_DETAIL));
        let entry = CODE_MEANINGS.iter().find(|(entry, ..)| *entry == code);
        let (kind, hint) = match entry {
            _ if is_limited => (RateLimited, Some(TOO_MANY_TOKENS_HINT)),
            Some((_, kind, hint)) => (*kind, Some(*hint)),
            None => (status_kind(status), status_hint(status)),
        };
        let mut error = Self::new(kind, detail.clone().unwrap_or_else(|| code.clone()))
            .with_status(status)
            .with_request_line(request);
        error.0.error_code = Some(code);
        error.0.detail = detail;
        error.0.hint = hint.map(Into::into);
        error
    }
}
