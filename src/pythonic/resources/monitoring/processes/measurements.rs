//! Measurements of processes, disks and databases.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
    pythonic::{
        resources::{define::resource, duration::format_iso_8601},
        responses::time,
    },
    request::Call,
};

resource! {
    /// Measurements of a process, a disk or a database.
    pub struct Measurements(types::HostMeasurements) {
        /// Returns the interval between two data points as an ISO 8601 duration, such as `PT1M`.
        granularity: &str = granularity,
        /// Returns the start of the measured period.
        start: Option<Timestamp> = start,
        /// Returns the end of the measured period.
        end: Option<Timestamp> = end,
    }
}

/// The data points of one metric.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Series {
    /// The metric, such as `CONNECTIONS`.
    pub name: String,
    /// The unit, such as `BYTES_PER_SECOND` or `SCALAR`.
    pub unit: String,
    /// The data points, ordered by time.
    pub points: Vec<Point>,
}

/// One data point of a series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Point {
    /// The time of the measurement.
    #[serde(serialize_with = "serialize_time")]
    #[cfg_attr(feature = "schemars", schemars(with = "String"))]
    pub time: Timestamp,
    /// The value in the unit of its series; `None` without a measurement.
    pub value: Option<f64>,
}

impl Measurements {
    /// Returns one series for each metric.
    pub fn series(&self) -> impl Iterator<Item = Series> {
        let measurements = self.as_api().measurements.iter().flatten();
        measurements.map(|measurement| {
            let points = measurement.data_points.iter().flatten();
            let points = points.filter_map(|point| {
                Some(Point {
                    time: time::parse(point.timestamp.as_deref()?)?,
                    value: point.value,
                })
            });
            Series {
                name: measurement.name.clone().unwrap_or_default(),
                unit: measurement
                    .units
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                points: points.collect(),
            }
        })
    }
}

fn serialize_time<S: serde::Serializer>(
    time: &Timestamp,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

/// A query for measurements: metrics, granularity and time range.
///
/// ```
/// use jiff::SignedDuration;
/// use mongodbatlas::MeasurementQuery;
///
/// let (hour, day) = (SignedDuration::from_hours(1), SignedDuration::from_hours(24));
/// let last_day = MeasurementQuery::last(hour, day).with_metric("CONNECTIONS");
/// # let _ = last_day;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a query has no effect until it is passed to a process"]
pub struct MeasurementQuery {
    granularity: SignedDuration,
    range: Range,
    metrics: Vec<String>,
}

/// The time range of a query.
#[derive(Clone, Copy, Debug)]
enum Range {
    Last(SignedDuration),
    Between(Timestamp, Timestamp),
}

impl MeasurementQuery {
    /// Creates a query for all metrics of the most recent `period`. `granularity` is the interval
    /// between data points: one or five minutes, an hour or a day.
    pub fn last(granularity: SignedDuration, period: SignedDuration) -> Self {
        Self {
            granularity,
            range: Range::Last(period),
            metrics: Vec::new(),
        }
    }

    /// Creates a query for all metrics between two times. `granularity` is the interval between
    /// data points: one or five minutes, an hour or a day.
    pub fn between(granularity: SignedDuration, start: Timestamp, end: Timestamp) -> Self {
        Self {
            granularity,
            range: Range::Between(start, end),
            metrics: Vec::new(),
        }
    }

    /// Adds a metric, such as `CONNECTIONS`. Default: all metrics.
    pub fn with_metric(mut self, name: impl Into<String>) -> Self {
        self.metrics.push(name.into());
        self
    }

    /// Adds the query to a call.
    pub(super) fn apply(&self, call: Call) -> Result<Call> {
        self.check()?;
        let call = call
            .with(
                "granularity",
                format_iso_8601("granularity", self.granularity)?,
            )
            .with_each("m", &self.metrics);
        Ok(match self.range {
            Range::Last(period) => call.with("period", format_iso_8601("period", period)?),
            Range::Between(start, end) => call.with("start", start).with("end", end),
        })
    }

    /// Rejects a time range shorter than the granularity, such as swapped arguments.
    fn check(&self) -> Result<()> {
        let length = match self.range {
            Range::Last(period) => period,
            Range::Between(start, end) => end.duration_since(start),
        };
        if length >= self.granularity {
            return Ok(());
        }
        let granularity = self.granularity;
        let message = format!("time range `{length}` shorter than the granularity `{granularity}`");
        Err(Error::new(ErrorKind::InvalidInput, message)
            .with_hint("pass the granularity first, then the period, or the start and the end"))
    }
}
