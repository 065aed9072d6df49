//! A request's leave to go out, and how to read the answer that decides about it.

use http::HeaderMap;
use secrecy::SecretString;

use super::digest::Trial;

/// The header in which Atlas names the error of an answer.
const ERROR_CODE: &str = "x-error-code";

/// Codes of a 401 that says what the caller may do, hence knows who it is: proving it once more
/// would change nothing.
const ABOUT_THE_CALLER: [&str; 3] = [
    "USER_UNAUTHORIZED",
    "USER_CANNOT_ACCESS_GROUP",
    "NOT_IN_GROUP",
];

/// A request's leave to go out, to be handed back with its answer.
///
/// Dropping it instead, as a cancelled call does, lets the next request learn what this one would
/// have learned.
pub(crate) struct Pass(pub(super) Leave);

/// Under what a request went out.
pub(super) enum Leave {
    /// An answer to a digest challenge, or none yet.
    Digest(Trial),
    /// A token; `again` says that it is the second one for this request.
    Bearer { token: SecretString, again: bool },
}

/// Whether a 401 is about what the caller may do instead of about who it is.
pub(super) fn is_about_the_caller(headers: &HeaderMap) -> bool {
    headers
        .get(ERROR_CODE)
        .and_then(|code| code.to_str().ok())
        .is_some_and(|code| ABOUT_THE_CALLER.contains(&code.trim()))
}
