//! Which time measurements are asked for: a period up to now, or one between two dates.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::SpanParser;
use serde_json::{Map, Value, json};

use super::Context;
use crate::call::Call;
use crate::call::error::ApiError;
use crate::state::clock::{after, before, written};

/// The most points an answer has for each measurement.
const MOST_POINTS: u64 = 1440;

/// A time and how finely it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    /// Seconds from one point to the next.
    pub(crate) step: u64,
}

impl Span {
    /// What a query asks for. Where more would have to be answered than is possible, the end of it.
    pub(crate) fn asked(call: &Call, granularity: &str) -> Result<Self, ApiError> {
        let step =
            seconds(granularity).ok_or_else(|| ApiError::invalid_query_parameter("granularity"))?;
        let (start, end) = bounds(call)?;
        let longest = Duration::from_secs(step.saturating_mul(MOST_POINTS));
        Ok(Self {
            start: start.max(before(end, longest)),
            end,
            step,
        })
    }

    /// The moments that are measured, oldest first: at least one, and none that is still to come.
    pub(crate) fn moments(self, now: Timestamp) -> impl Iterator<Item = Timestamp> {
        let length = self.end.as_second().saturating_sub(self.start.as_second());
        let count = (u64::try_from(length).unwrap_or_default() / self.step).max(1);
        (0..count)
            .rev()
            .map(move |index| before(self.end, Duration::from_secs(index * self.step)))
            .filter(move |moment| *moment <= now)
    }
}

/// The fields of an answer that say of which time it is, where a query asks for one.
pub(super) fn times(context: &Context<'_>) -> Result<Map<String, Value>, ApiError> {
    let call = context.call;
    let schemas = context.document.schemas();
    let fields = schemas.fields(context.response_schema(), None).properties;
    let is_asked = ["period", "start", "end"]
        .iter()
        .any(|name| call.query.get(name).is_some());
    if !is_asked || !fields.contains_key("start") || !fields.contains_key("end") {
        return Ok(Map::new());
    }
    let granularity = call.query.get("granularity").unwrap_or("PT1M");
    let span = Span::asked(call, granularity)?;
    let times = [
        ("start", json!(written(span.start))),
        ("end", json!(written(span.end))),
        ("granularity", json!(granularity)),
    ];
    let known = times
        .into_iter()
        .filter(|(name, _)| fields.contains_key(name));
    Ok(known
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}

/// The first and the last moment: a period ends now, and so does what only has a start.
fn bounds(call: &Call) -> Result<(Timestamp, Timestamp), ApiError> {
    if let Some(period) = call.query.get("period") {
        let period = seconds(period).ok_or_else(|| ApiError::invalid_query_parameter("period"))?;
        return Ok((before(call.now, Duration::from_secs(period)), call.now));
    }
    match (moment(call, "start")?, moment(call, "end")?) {
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

fn moment(call: &Call, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let text = call.query.get(name);
    text.map(str::parse)
        .transpose()
        .map_err(|_| ApiError::invalid_query_parameter(name))
}

/// The seconds of a duration as `PT1M`, `P1D` or `P1DT12H`; a month has thirty days.
fn seconds(text: &str) -> Option<u64> {
    let span = SpanParser::new().parse_span(text).ok()?;
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let days = months * 30 + i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let hours = days * 24 + i64::from(span.get_hours());
    let minutes = hours * 60 + span.get_minutes();
    let seconds = minutes * 60 + span.get_seconds();
    u64::try_from(seconds).ok().filter(|it| *it > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_the_service_writes_them() {
        assert_eq!(seconds("PT1M"), Some(60));
        assert_eq!(seconds("P1DT12H"), Some(129_600));
        assert_eq!(seconds("P1M"), Some(2_592_000));
        assert_eq!(seconds("PT0S"), None);
        assert_eq!(seconds("-PT1M"), None);
        assert_eq!(seconds("PT"), None);
        assert_eq!(seconds("1M"), None);
    }

    #[test]
    fn a_span_has_its_points_within_it_and_none_in_the_future() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let span = Span {
            start: at("2026-09-01T08:00:00Z"),
            end: at("2026-09-01T08:10:00Z"),
            step: 60,
        };

        let all: Vec<_> = span.moments(at("2026-09-02T00:00:00Z")).collect();
        let past: Vec<_> = span.moments(at("2026-09-01T08:03:00Z")).collect();

        assert_eq!(all.len(), 10);
        assert_eq!(all.first(), Some(&at("2026-09-01T08:01:00Z")));
        assert_eq!(all.last(), Some(&span.end));
        assert_eq!(past.len(), 3);
    }
}
