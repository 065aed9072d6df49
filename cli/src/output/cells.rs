//! Formats the text of table cells.

use serde_json::Value;

/// Returns the field at a path of names joined by dots; `a|b` is the first that has a value.
pub(crate) fn at<'a>(value: &'a Value, field: &str) -> Option<&'a Value> {
    field.split('|').find_map(|path| {
        let mut names = path.split('.');
        let found = names.try_fold(value, |value, name| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => value.get(name),
        });
        found.filter(|value| !value.is_null())
    })
}

/// Returns the values at a path with `*`, joined by commas.
pub(crate) fn joined(value: &Value, field: &str) -> String {
    let Some((before, after)) = field.split_once('*') else {
        return String::new();
    };
    let before = before.trim_end_matches('.');
    let list = if before.is_empty() {
        Some(value)
    } else {
        at(value, before)
    };
    let items = list.and_then(Value::as_array).into_iter().flatten();
    let after = after.trim_start_matches('.');
    let texts = items.map(|item| match after {
        "" => text(item),
        path if path.contains('*') => joined(item, path),
        path => at(item, path).map_or_else(String::new, text),
    });
    texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns a value as text; objects and lists of objects as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            items.iter().map(text).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Returns a time in a time zone, to the second; other text unchanged.
pub(crate) fn local_time(text: &str, zone: &jiff::tz::TimeZone) -> String {
    text.parse::<jiff::Timestamp>().map_or_else(
        |_| text.to_owned(),
        |time| {
            time.to_zoned_datetime(zone.clone())
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string()
        },
    )
}

/// Returns the day of a time in UTC; other text unchanged.
pub(crate) fn day(text: &str) -> String {
    let time = text.parse::<jiff::Timestamp>();
    time.map_or_else(
        |_| text.to_owned(),
        |time| time.strftime("%Y-%m-%d").to_string(),
    )
}

/// Returns the hour and minute of a time in a time zone, rounded up to the next minute.
pub(crate) fn clock_time(time: jiff::Timestamp, zone: &jiff::tz::TimeZone) -> String {
    let minute = time.as_second().div_euclid(60) + i64::from(time.as_second().rem_euclid(60) > 0);
    let time = jiff::Timestamp::from_second(minute * 60).unwrap_or(time);
    time.to_zoned_datetime(zone.clone())
        .strftime("%H:%M")
        .to_string()
}

/// Formats a number of bytes with a unit.
pub(crate) fn bytes(number: f64) -> String {
    let units = ["B", "KB", "MB", "GB", "TB"];
    let mut number = number;
    let mut unit = 0;
    while number >= 1024.0 && unit + 1 < units.len() {
        number /= 1024.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0);
    format!("{number:.digits$} {}", units[unit])
}

/// Returns an amount in cents as dollars.
pub(crate) fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}
