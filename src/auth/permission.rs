//! Distinguishes a 401 for missing permissions from a 401 for rejected credentials.

use http::HeaderMap;

use crate::error::ERROR_CODE;
use crate::error::codes::is_permission_code;

/// Returns `true` if a 401 reports missing permissions rather than rejected credentials: Atlas has
/// accepted the credentials, so another authentication attempt is useless.
pub(super) fn is_permission_error(headers: &HeaderMap, is_signed: bool) -> bool {
    headers
        .get(ERROR_CODE)
        .and_then(|code| code.to_str().ok())
        .is_some_and(|code| is_permission_code(code.trim(), is_signed))
}
