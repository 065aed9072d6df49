//! Converts error responses of the OAuth endpoints.

use http::HeaderMap;
use serde::Deserialize;

use super::ErrorKind::{self, BadRequest, Configuration, Forbidden, RateLimited, Unauthorized};
use super::codes::{hint_of_status, kind_of_status};
use super::{Error, one_line};

/// An error document of OAuth.
#[derive(Deserialize)]
struct OAuthError {
    error: String,
    error_description: Option<String>,
}

/// The beginning of the message of Atlas for more than a hundred valid tokens.
const TOKEN_LIMIT: &str = "access token limit reached";

/// The error codes of OAuth, with kind and hint.
const CODES: &[(&str, ErrorKind, &str)] = &[
    (
        "invalid_client",
        Unauthorized,
        "check the service account's client id and secret: they must belong together, and the \
         secret must not have expired or been deleted in Atlas",
    ),
    ("unauthorized_client", Forbidden, ACCOUNT),
    ("access_denied", Forbidden, ACCOUNT),
    ("invalid_scope", Forbidden, ACCOUNT),
    ("unsupported_grant_type", Configuration, BASE_URL),
    ("invalid_request", BadRequest, BASE_URL),
];

const ACCOUNT: &str = "grant the service account a role in Atlas: Organization → Access Manager → \
                       Service Accounts; check that it has not been deleted";
const BASE_URL: &str = "check the base URL (`ATLAS_BASE_URL`): the server is probably not Atlas";
const TOO_MANY_TOKENS: &str = "this service account has a hundred valid access tokens: wait at most an hour until some expire, or \
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
            .is_some_and(|detail| detail.to_ascii_lowercase().starts_with(TOKEN_LIMIT));
        let known = CODES.iter().find(|(known, ..)| *known == code);
        let (kind, hint) = match known {
            _ if is_limited => (RateLimited, Some(TOO_MANY_TOKENS)),
            Some((_, kind, hint)) => (*kind, Some(*hint)),
            None => (kind_of_status(status), hint_of_status(status)),
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
