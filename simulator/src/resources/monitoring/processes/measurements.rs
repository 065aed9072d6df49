//! Measurements of processes, disks and databases.

use std::sync::LazyLock;

use http::header::CACHE_CONTROL;
use serde::Deserialize;
use serde_json::{Value, json};

use super::find;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::time_ranges::TimeRange;
use crate::generic::{Context, errors, requests};
use crate::resources::{Route, render_link};
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Operation;
use crate::state::clock::format_time;
use crate::state::{State, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("getGroupProcessMeasurements", get),
    ("getGroupProcessDiskMeasurements", get),
    ("getGroupProcessDatabaseMeasurements", get),
];

/// `Cache-Control` header of measurements.
const NO_CACHE: &str = "no-cache, no-transform, must-revalidate, proxy-revalidate, max-age=0";
/// Default mean value of a measurement.
const DEFAULT_MEAN: f64 = 10.0;
/// Databases of each process.
const DATABASES: [&str; 3] = ["admin", "config", "local"];
/// Disk partitions of each process.
const PARTITIONS: [&str; 1] = ["data"];

static TABLES: LazyLock<Tables> = LazyLock::new(|| parse(behaviour!("measurements.toml")));

#[derive(Default, Deserialize)]
struct Tables {
    granularity: Vec<Granularities>,
    mean: Vec<Mean>,
    unit: Vec<Unit>,
}

#[derive(Deserialize)]
struct Granularities {
    values: Vec<String>,
}

/// The mean value of a measurement.
#[derive(Deserialize)]
struct Mean {
    name: String,
    value: f64,
}

/// A unit, and the substrings of measurement names that select it.
#[derive(Deserialize)]
struct Unit {
    unit: String,
    parts: Vec<String>,
}

/// `GET …/processes/{processId}/measurements`, and the measurements of a disk or a database
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::new(call)?;
    let process = find(state, call)?;
    check_part(&context)?;
    let granularity = call.query.get("granularity");
    check_granularity(granularity)?;
    requests::check_parameters(&context)?;
    let granularity = granularity.unwrap_or("PT1M");
    let range = TimeRange::from_query(call, granularity)?;
    let requested = call.query.all("m");
    let names = if requested.is_empty() {
        names_of(context.operation)
    } else {
        requested
    };
    let series = names.into_iter().map(|name| {
        let points = render_points(
            &format!("{} {name}", process.host),
            find_mean(name),
            range,
            call,
        );
        json!({ "dataPoints": points, "name": name, "units": unit(name) })
    });
    let id = format!("{}:{}", process.host, process.port);
    let project = call.path("groupId");
    let host = format!("/api/atlas/v2/groups/{project}/processes/{id}");
    let mut document = json!({
        "end": format_time(range.end),
        "granularity": granularity,
        "groupId": project,
        "hostId": id,
        "links": [
            render_link(call, &call.request_path, "self"),
            render_link(call, &host, "https://cloud.mongodb.com/host"),
        ],
        "processId": id,
        "start": format_time(range.start),
    });
    document["measurements"] = series.collect();
    for (name, value) in call.parameters.iter().skip(2) {
        document[*name] = json!(value);
    }
    Ok(ApiResponse::ok(document).with_header(CACHE_CONTROL, NO_CACHE))
}

/// Rejects an unknown disk partition or database.
fn check_part(context: &Context<'_>) -> Result<(), ApiError> {
    for (parameter, known) in [
        ("partitionName", &PARTITIONS[..]),
        ("databaseName", &DATABASES[..]),
    ] {
        let value = context.call.find_path(parameter);
        if let Some(value) = value.filter(|value| !known.contains(value)) {
            let path = &context.operation.path;
            let template = path.split_once(&format!("/{{{parameter}}}"));
            let template = template.map_or(path.as_str(), |(template, _)| template);
            return Err(errors::not_found(context.call, template, parameter, value));
        }
    }
    Ok(())
}

fn check_granularity(granularity: Option<&str>) -> Result<(), ApiError> {
    let mut known = TABLES.granularity.iter().flat_map(|entry| &entry.values);
    match granularity {
        Some(value) if !known.any(|known| known == value) => {
            let detail = format!("The specified granularity {value} is invalid.");
            let parameters = vec![json!(value)];
            let code = "INVALID_GRANULARITY";
            Err(ApiError::rejected(400, code, detail, parameters))
        }
        _ => Ok(()),
    }
}

/// Returns the names of all measurements of an operation: the allowed values of its parameter `m`.
fn names_of(operation: &'static Operation) -> Vec<&'static str> {
    let mut parameters = operation.parameters.iter();
    let names = parameters.find(|parameter| parameter.name == "m");
    let names = names.and_then(|parameter| parameter.schema["items"]["enum"].as_array());
    let names = names.into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

/// Returns the mean value of a measurement.
pub(super) fn find_mean(name: &str) -> f64 {
    let mut means = TABLES.mean.iter();
    let mean = means.find(|mean| mean.name == name);
    mean.map_or(DEFAULT_MEAN, |mean| mean.value)
}

/// Returns the unit of a measurement.
fn unit(name: &str) -> &'static str {
    let mut units = TABLES.unit.iter();
    let unit = units.find(|unit| unit.parts.iter().any(|part| name.contains(part.as_str())));
    unit.map_or("SCALAR", |unit| unit.unit.as_str())
}

/// Returns data points around a mean value. The value depends only on the seed and the time.
fn render_points(seed: &str, mean: f64, range: TimeRange, call: &Call) -> Value {
    let noise = Noise::new(seed);
    let points = range.points(call.now).map(|time| {
        let value = noise.value_at(mean, time, range.step);
        json!({ "timestamp": format_time(time), "value": value })
    });
    points.collect()
}

/// A reproducible sequence of values.
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn new(seed: &str) -> Self {
        let id = derived_id(seed);
        let digits = id.get(..16).unwrap_or_default();
        Self(u64::from_str_radix(digits, 16).unwrap_or_default())
    }

    /// Returns a value between 75 % and 125 % of a mean value.
    pub(super) fn value_at(&self, mean: f64, time: jiff::Timestamp, step: u64) -> f64 {
        let slot = time.as_second().unsigned_abs() / step.max(1);
        // The finalizer of SplitMix64.
        let mut bits = self
            .0
            .wrapping_add(slot.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let noise = u16::try_from((bits ^ (bits >> 31)) & 0xffff).unwrap_or_default();
        let value = mean * (0.75 + f64::from(noise) / 131_070.0);
        (value * 100.0).round() / 100.0
    }
}
