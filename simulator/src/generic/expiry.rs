//! Deletion dates of temporary resources.

use jiff::Timestamp;
use serde_json::Value;

use crate::call::error::ApiError;

/// The field with the deletion date.
const DATE: &str = "deleteAfterDate";

/// Rejects a deletion date in the past, in a body or an item of a list.
pub(super) fn check(body: &Value, now: Timestamp) -> Result<(), ApiError> {
    let items = body.as_array().into_iter().flatten();
    let mut documents = std::iter::once(body).chain(items);
    if documents.any(|document| is_expired(document, now)) {
        return Err(ApiError::date_in_past(DATE));
    }
    Ok(())
}

/// Returns `true` after the deletion date of a document.
pub(crate) fn is_expired(document: &Value, now: Timestamp) -> bool {
    deletion_date(document).is_some_and(|date| date <= now)
}

/// Returns the deletion date of a document.
pub(crate) fn deletion_date(document: &Value) -> Option<Timestamp> {
    document.get(DATE)?.as_str()?.parse().ok()
}
