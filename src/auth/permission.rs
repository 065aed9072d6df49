//! Distinguishes a 401 for missing permissions from a 401 for rejected credentials.

use http::HeaderMap;

/// The header with the error code of a response.
const ERROR_CODE: &str = "x-error-code";

/// Error codes of a 401 that reports missing permissions. Atlas has accepted the credentials, so
/// another authentication attempt is useless.
const PERMISSION_CODES: [&str; 3] = [
    "USER_UNAUTHORIZED",
    "USER_CANNOT_ACCESS_GROUP",
    "NOT_IN_GROUP",
];

/// Returns `true` if a 401 reports missing permissions rather than rejected credentials.
pub(super) fn is_permission_error(headers: &HeaderMap) -> bool {
    headers
        .get(ERROR_CODE)
        .and_then(|code| code.to_str().ok())
        .is_some_and(|code| PERMISSION_CODES.contains(&code.trim()))
}
