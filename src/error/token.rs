//! Errors out of refusals to hand out or to take back a token: OAuth's words, or Atlas's.

use http::HeaderMap;
use serde::Deserialize;

use super::ErrorKind::{self, BadRequest, Configuration, Forbidden, RateLimited, Unauthorized};
use super::codes::{hint_of_status, kind_of_status};
use super::{Error, one_line};

/// The error document of OAuth.
#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// How Atlas begins its refusal of a token above the hundred that may be alive.
const LIMIT: &str = "access token limit reached";

/// OAuth's codes, each with its kind and its cure.
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

const ACCOUNT: &str = "give the service account a role, in Atlas under Access Manager, Service \
                       Accounts, and check that it has not been deleted";
const BASE_URL: &str = "check the base URL (`ATLAS_BASE_URL`): this does not look like Atlas";
const TOO_MANY_TOKENS: &str = "a hundred access tokens of this service account are alive: wait until some expire, an hour at \
     most, or revoke some; let programs share tokens by leaving the token cache on";

impl Error {
    /// The error that a refused exchange of a token stands for.
    pub(crate) fn from_token_answer(
        status: u16,
        request: Option<(&str, &str)>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let Ok(refusal) = serde_json::from_slice::<Refusal>(body) else {
            return Self::from_answer(status, request, headers, body);
        };
        let code = one_line(&refusal.error);
        let detail = refusal.error_description.as_deref().map(one_line);
        let detail = detail.filter(|detail| !detail.is_empty());
        let limited = detail
            .as_deref()
            .is_some_and(|detail| detail.to_ascii_lowercase().starts_with(LIMIT));
        let known = CODES.iter().find(|(known, ..)| *known == code);
        let (kind, hint) = match known {
            _ if limited => (RateLimited, Some(TOO_MANY_TOKENS)),
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
