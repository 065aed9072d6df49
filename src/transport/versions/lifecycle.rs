//! The deprecation and sunset dates of a version, from response headers.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::operations::Operation;

/// Time before the sunset of a version in which a warning is logged.
const WARNING_PERIOD: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The deprecation and sunset dates of a version of the API.
///
/// ```
/// use mongodbatlas::Lifecycle;
///
/// let mut headers = http::HeaderMap::new();
/// headers.insert("sunset", "Thu, 1 Jul 2027 00:00:00 GMT".parse().unwrap());
///
/// let lifecycle = Lifecycle::from_headers(&headers);
/// assert_eq!(lifecycle.sunset(), "2027-07-01T00:00:00Z".parse().ok());
/// assert_eq!(lifecycle.deprecation(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifecycle {
    deprecation: Option<Timestamp>,
    sunset: Option<Timestamp>,
}

impl Lifecycle {
    /// Reads the headers `Deprecation` and `Sunset` of a response.
    ///
    /// Accepts days without a leading zero, which Atlas sends and HTTP does not allow.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let read_time = |name: &str| parse_time(headers.get(name)?.to_str().ok()?);
        Self {
            deprecation: read_time("deprecation"),
            sunset: read_time("sunset"),
        }
    }

    /// Returns the time at which the version was deprecated.
    pub fn deprecation(&self) -> Option<Timestamp> {
        self.deprecation
    }

    /// Returns the time at which Atlas stops serving the version.
    pub fn sunset(&self) -> Option<Timestamp> {
        self.sunset
    }
}

/// Logs warnings about the sunset of versions, one for each operation.
#[derive(Debug, Default)]
pub(in crate::transport) struct Warnings(Mutex<HashSet<&'static str>>);

impl Warnings {
    /// Logs a warning if the version of a response ends within 90 days of `now`.
    pub(in crate::transport) fn note(
        &self,
        headers: &HeaderMap,
        operation: &Operation,
        now: Timestamp,
    ) {
        let Some(sunset) = Lifecycle::from_headers(headers).sunset else {
            return;
        };
        if sunset.duration_since(now) > WARNING_PERIOD || !self.is_first(operation.id) {
            return;
        }
        tracing::warn!(
            target: "mongodbatlas",
            operation = operation.id, %sunset,
            "Atlas stops serving this version: update to a newer release"
        );
    }

    fn is_first(&self, id: &'static str) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id)
    }
}

/// Parses an HTTP date, with or without a leading zero of the day, or an ISO 8601 date.
fn parse_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    if let Ok(date) = text.parse::<Date>() {
        return to_timestamp(date, 0, 0, 0);
    }
    let rest = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut parts = rest.split_ascii_whitespace();
    let day = parts.next()?.parse().ok()?;
    let month = parse_month(parts.next()?)?;
    let year = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.splitn(3, ':').map(|part| part.parse().ok());
    if !matches!(parts.next()?, "GMT" | "UTC") {
        return None;
    }
    to_timestamp(
        Date::new(year, month, day).ok()?,
        clock.next()??,
        clock.next()??,
        clock.next()??,
    )
}

fn to_timestamp(date: Date, hour: i8, minute: i8, second: i8) -> Option<Timestamp> {
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    TimeZone::UTC.to_timestamp(date.to_datetime(time)).ok()
}

fn parse_month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let index = MONTHS
        .iter()
        .position(|month| name.eq_ignore_ascii_case(month))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parses_http_and_iso_dates() {
        for text in [
            "Thu, 1 Jul 2027 00:00:00 GMT",
            "Thu, 01 Jul 2027 00:00:00 GMT",
            "1 jul 2027 0:0:0 UTC",
            "2027-07-01",
            " 2027-07-01T00:00:00Z ",
        ] {
            assert_eq!(
                parse_time(text),
                "2027-07-01T00:00:00Z".parse().ok(),
                "{text}"
            );
        }
        for text in [
            "",
            "true",
            "@1688169599",
            "Thu, 32 Jul 2027 00:00:00 GMT",
            "1 Jul 2027 0:0:0 CET",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn warns_once_per_operation_within_90_days() {
        let warnings = Warnings::default();
        let operation = Operation::by_id("getGroup").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("sunset", "Thu, 1 Jul 2027 00:00:00 GMT".parse().unwrap());
        let warned = |now: &str| {
            warnings.note(&headers, operation, now.parse().unwrap());
            warnings.0.lock().unwrap().len()
        };

        assert_eq!(warned("2027-04-01T23:59:59Z"), 0);
        assert_eq!(warned("2027-04-02T00:00:00Z"), 1);
        assert!(!warnings.is_first("getGroup") && warnings.is_first("listGroups"));
    }

    proptest! {
        #[test]
        fn parse_never_panics(text in r"\PC{0,40}", parts in "([A-Z][a-z]{2}, )?[0-9]{1,9} (Jul|May) [-0-9]{1,9} [0-9:]{0,12} GMT") {
            parse_time(&text);
            parse_time(&parts);
        }
    }
}
