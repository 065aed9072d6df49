//! Parses values, and sets fields of bodies by JSON pointer.

use jiff::{Timestamp, civil, tz::TimeZone};
use serde_json::{Map, Value, json};

use crate::error::CliError;

/// Parses `ROLE@DATABASE`, optionally with `.COLLECTION`, into `{roleName, databaseName}`. Without a
/// database it is `admin`.
pub(crate) fn role(text: &str) -> Result<Value, CliError> {
    let (role, place) = text.split_once('@').unwrap_or((text, "admin"));
    if role.is_empty() || place.is_empty() {
        return Err(CliError::usage(format!("invalid role `{text}`"))
            .with_hint("write `ROLE@DATABASE` or `ROLE@DATABASE.COLLECTION`"));
    }
    let (database, collection) = match place.split_once('.') {
        Some((database, collection)) => (database, Some(collection)),
        None => (place, None),
    };
    let mut document = json!({ "roleName": role, "databaseName": database });
    if let Some(collection) = collection {
        document["collectionName"] = collection.into();
    }
    Ok(document)
}

/// Parses `ROLE@DATABASE` into `{role, db}`, as custom roles inherit it.
pub(crate) fn inherited_role(text: &str) -> Result<Value, CliError> {
    match text.split_once('@') {
        Some((role, database)) if !role.is_empty() && !database.is_empty() => {
            Ok(json!({ "role": role, "db": database }))
        }
        _ => {
            Err(CliError::usage(format!("invalid role `{text}`"))
                .with_hint("write `ROLE@DATABASE`"))
        }
    }
}

/// Parses `KEY=VALUE` into `{key, value}`.
pub(crate) fn pair(text: &str) -> Result<Value, CliError> {
    let (key, value) = split_pair(text)?;
    Ok(json!({ "key": key, "value": value }))
}

/// Splits `KEY=VALUE`.
pub(crate) fn split_pair(text: &str) -> Result<(&str, &str), CliError> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key, value)),
        _ => Err(CliError::usage(format!("`{text}` is not a pair")).with_hint("write `KEY=VALUE`")),
    }
}

/// Parses `NAME:TYPE` into `{NAME: TYPE}`, as rolling indexes have it: the type is always a string.
pub(crate) fn key_type(text: &str) -> Result<Value, CliError> {
    let Some((name, kind)) = text.rsplit_once(':') else {
        return Err(
            CliError::usage(format!("`{text}` has no type")).with_hint("write `FIELD:TYPE`")
        );
    };
    Ok(json!({ name: kind }))
}

/// Parses a time: RFC 3339, a date, or a duration from now such as `2h`.
pub(crate) fn time(text: &str) -> Result<Value, CliError> {
    Ok(timestamp(text)?.to_string().into())
}

/// Parses a time into seconds since the Unix epoch; a whole number is unchanged.
pub(crate) fn epoch_seconds(text: &str) -> Result<Value, CliError> {
    epoch(text, Timestamp::as_second)
}

/// Parses a time into milliseconds since the Unix epoch; a whole number is unchanged.
pub(crate) fn epoch_milliseconds(text: &str) -> Result<Value, CliError> {
    epoch(text, Timestamp::as_millisecond)
}

fn epoch(text: &str, convert: fn(Timestamp) -> i64) -> Result<Value, CliError> {
    let number = text.parse::<i64>();
    Ok(number.or_else(|_| timestamp(text).map(convert))?.into())
}

/// Converts a duration such as `5m` to ISO 8601, such as `PT5M`. An ISO 8601 duration is unchanged.
pub(crate) fn iso_duration(text: &str) -> Result<Value, CliError> {
    if text.starts_with(['P', 'p']) && text.parse::<jiff::Span>().is_ok() {
        return Ok(text.to_uppercase().into());
    }
    let span = text.parse::<jiff::Span>().map_err(|_| {
        CliError::usage(format!("`{text}` is not a duration")).with_hint("write `PT5M` or `5m`")
    })?;
    Ok(span.to_string().into())
}

/// Parses a time. A time relative to now is rounded down to the second.
fn timestamp(text: &str) -> Result<Timestamp, CliError> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    if let Ok(date) = text.parse::<civil::DateTime>()
        && let Ok(time) = date.to_zoned_datetime(TimeZone::UTC)
    {
        return Ok(time.timestamp());
    }
    if let Ok(date) = text.parse::<civil::Date>()
        && let Ok(time) = date.to_zoned_datetime(TimeZone::UTC)
    {
        return Ok(time.timestamp());
    }
    if let Ok(duration) = text.parse::<jiff::SignedDuration>()
        && let Ok(time) = Timestamp::now().checked_add(duration)
        && let Ok(time) = Timestamp::from_second(time.as_second())
    {
        return Ok(time);
    }
    Err(CliError::usage(format!("`{text}` is not a time"))
        .with_hint("write `2026-01-31T10:00:00Z`, `2026-01-31`, or a time from now such as `2h`"))
}

/// Parses a duration such as `30m`, or a number of seconds.
pub(crate) fn duration(text: &str) -> Result<std::time::Duration, CliError> {
    let seconds = text.parse::<u64>().ok().map(std::time::Duration::from_secs);
    let parsed = || text.parse::<jiff::SignedDuration>().ok()?.try_into().ok();
    seconds.or_else(parsed).ok_or_else(|| {
        CliError::usage(format!("`{text}` is not a duration")).with_hint("write `30m` or `1h30m`")
    })
}

/// Splits a list as CSV: commas separate values, double quotes enclose values with commas.
pub(crate) fn split_list(text: &str) -> Result<Vec<String>, CliError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    match reader.records().next() {
        None => Ok(Vec::new()),
        Some(Ok(record)) => Ok(record.iter().map(str::to_owned).collect()),
        Some(Err(_)) => Err(CliError::usage(format!("`{text}` is not a list"))
            .with_hint("separate the values with commas")),
    }
}

/// Sets the value at a JSON pointer; creates objects, and arrays for numbers.
pub(crate) fn set_at(document: &mut Value, pointer: &str, value: Value) {
    let mut place = document;
    for segment in pointer.split('/').skip(1) {
        if let Ok(index) = segment.parse::<usize>() {
            if !place.is_array() {
                *place = Value::Array(Vec::new());
            }
            let Value::Array(items) = place else { return };
            while items.len() <= index {
                items.push(Value::Null);
            }
            place = &mut items[index];
        } else {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            place = &mut place[segment];
        }
    }
    *place = value;
}
