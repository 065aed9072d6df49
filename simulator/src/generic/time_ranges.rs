//! Time ranges of measurements: a period that ends now, or a start and an end.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::SpanParser;
use serde_json::{Map, Value, json};

use super::Context;
use crate::call::Call;
use crate::call::error::ApiError;
use crate::state::clock::{after, before, format_time, parse_time};

/// Maximum number of data points of a measurement.
const MAX_POINTS: u64 = 1440;

/// A time range and its granularity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeRange {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// Seconds between two data points.
    pub(crate) step: u64,
}

impl TimeRange {
    /// Parses the time range of a query. Moves the start forward if the range has too many data points.
    pub(crate) fn from_query(call: &Call, granularity: &str) -> Result<Self, ApiError> {
        let step = parse_period(granularity)
            .ok_or_else(|| ApiError::invalid_query_parameter("granularity"))?;
        let (start, end) = parse_bounds(call)?;
        let max_length = Duration::from_secs(step.saturating_mul(MAX_POINTS));
        Ok(Self {
            start: start.max(before(end, max_length)),
            end,
            step,
        })
    }

    /// Returns the times of the data points up to now, oldest first.
    pub(crate) fn points(self, now: Timestamp) -> impl Iterator<Item = Timestamp> {
        let length = self.end.as_second().saturating_sub(self.start.as_second());
        let count = (u64::try_from(length).unwrap_or_default() / self.step).max(1);
        (0..count)
            .rev()
            .map(move |index| before(self.end, Duration::from_secs(index * self.step)))
            .filter(move |time| *time <= now)
    }
}

/// Returns the fields `start`, `end` and `granularity` of a response to a query with a time range.
pub(super) fn range_fields(context: &Context<'_>) -> Result<Map<String, Value>, ApiError> {
    let call = context.call;
    let schemas = context.document.schemas();
    let fields = schemas.fields(context.response_schema(), None).properties;
    let has_range = ["period", "start", "end"]
        .iter()
        .any(|name| call.query.get(name).is_some());
    if !has_range || !fields.contains_key("start") || !fields.contains_key("end") {
        return Ok(Map::new());
    }
    let granularity = call.query.get("granularity").unwrap_or("PT1M");
    let range = TimeRange::from_query(call, granularity)?;
    let times = [
        ("start", json!(format_time(range.start))),
        ("end", json!(format_time(range.end))),
        ("granularity", json!(granularity)),
    ];
    let in_schema = times
        .into_iter()
        .filter(|(name, _)| fields.contains_key(name));
    Ok(in_schema
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}

/// Returns the start and the end. A range without an end ends now.
fn parse_bounds(call: &Call) -> Result<(Timestamp, Timestamp), ApiError> {
    if let Some(period) = call.query.get("period") {
        let period =
            parse_period(period).ok_or_else(|| ApiError::invalid_query_parameter("period"))?;
        return Ok((before(call.now, Duration::from_secs(period)), call.now));
    }
    match (
        parse_time_parameter(call, "start")?,
        parse_time_parameter(call, "end")?,
    ) {
        (None, None) => Err(ApiError::missing_query_parameter("period")),
        (None, Some(_)) => Err(ApiError::missing_query_parameter("start")),
        (Some(start), end) => {
            let end = end.unwrap_or_else(|| call.now.max(after(start, Duration::from_secs(1))));
            if end <= start {
                return Err(ApiError::invalid_query_parameter("end"));
            }
            Ok((start, end))
        }
    }
}

fn parse_time_parameter(call: &Call, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let Some(text) = call.query.get(name) else {
        return Ok(None);
    };
    let time = parse_time(text).ok_or_else(|| ApiError::invalid_query_parameter(name))?;
    Ok(Some(time))
}

/// Parses a duration such as `PT1M`, `P1D` or `P1DT12H` into seconds; a month has 30 days.
fn parse_period(text: &str) -> Option<u64> {
    let span = SpanParser::new().parse_span(text).ok()?;
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let days = months * 30 + i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let hours = days * 24 + i64::from(span.get_hours());
    let minutes = hours * 60 + span.get_minutes();
    let seconds = minutes * 60 + span.get_seconds();
    u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_iso_8601_durations() {
        assert_eq!(parse_period("PT1M"), Some(60));
        assert_eq!(parse_period("P1DT12H"), Some(129_600));
        assert_eq!(parse_period("P1M"), Some(2_592_000));
        assert_eq!(parse_period("PT0S"), None);
        assert_eq!(parse_period("-PT1M"), None);
        assert_eq!(parse_period("PT"), None);
        assert_eq!(parse_period("1M"), None);
    }

    #[test]
    fn points_are_in_the_range_and_not_in_the_future() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let range = TimeRange {
            start: at("2026-09-01T08:00:00Z"),
            end: at("2026-09-01T08:10:00Z"),
            step: 60,
        };

        let all_points: Vec<_> = range.points(at("2026-09-02T00:00:00Z")).collect();
        let past_points: Vec<_> = range.points(at("2026-09-01T08:03:00Z")).collect();

        assert_eq!(all_points.len(), 10);
        assert_eq!(all_points.first(), Some(&at("2026-09-01T08:01:00Z")));
        assert_eq!(all_points.last(), Some(&range.end));
        assert_eq!(past_points.len(), 3);
    }
}
