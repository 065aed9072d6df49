//! Dates on which Atlas removes what a client put there for a time.

use jiff::Timestamp;
use serde_json::Value;

use crate::call::error::ApiError;

/// The field with the date.
const DATE: &str = "deleteAfterDate";

/// Refuses a date that is over, in a body or in one of a list.
pub(super) fn check(body: &Value, now: Timestamp) -> Result<(), ApiError> {
    let of_list = body.as_array().into_iter().flatten();
    let is_over = std::iter::once(body)
        .chain(of_list)
        .any(|asked| is_over(asked, now));
    if is_over {
        return Err(ApiError::date_in_past(DATE));
    }
    Ok(())
}

/// Whether the date of something has come.
pub(crate) fn is_over(document: &Value, now: Timestamp) -> bool {
    date(document).is_some_and(|date| date <= now)
}

/// When something is removed; most things never are.
pub(crate) fn date(document: &Value) -> Option<Timestamp> {
    document.get(DATE)?.as_str()?.parse().ok()
}
