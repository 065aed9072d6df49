//! Deletion dates of temporary resources.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::state::clock::{after, parse_time};

/// The field with the deletion date.
const DATE_FIELD: &str = "deleteAfterDate";
/// Maximum number of days until the deletion.
const MAX_DAYS: u16 = 7;

/// Rejects a deletion date in the past or too far in the future, in a body or an item of a list.
pub(super) fn check(body: &Value, now: Timestamp) -> Result<(), ApiError> {
    let items = body.as_array().into_iter().flatten();
    let dates = std::iter::once(body).chain(items).filter_map(deletion_date);
    let maximum = after(now, Duration::from_hours(u64::from(MAX_DAYS) * 24));
    for date in dates {
        if date <= now {
            return Err(ApiError::date_in_past(DATE_FIELD));
        }
        if date > maximum {
            let detail = format!(
                "The specified expiration date can be at most {MAX_DAYS} days in the future."
            );
            let code = "EXPIRATION_DATE_EXCEEDS_MAX";
            return Err(ApiError::rejected(400, code, detail, vec![json!(MAX_DAYS)]));
        }
    }
    Ok(())
}

/// Returns `true` after the deletion date of a document.
pub(crate) fn is_expired(document: &Value, now: Timestamp) -> bool {
    deletion_date(document).is_some_and(|date| date <= now)
}

/// Returns the deletion date of a document, which is a time or a date without a time.
pub(crate) fn deletion_date(document: &Value) -> Option<Timestamp> {
    parse_time(document.get(DATE_FIELD)?.as_str()?)
}
