//! Requests measurements, and prints tables of measurements and data points.

use mongodbatlas::Document;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{Column, Future, column},
        request::Request,
        steps::{envelope::item, print::to_document},
    },
    error::CliError,
    exit::Exit,
    output::{
        format::Format,
        render::{Data, Item, List, render},
    },
};

/// The default interval between data points.
const GRANULARITY: &str = "PT5M";
/// The default time range.
const PERIOD: &str = "PT1H";

/// The columns of formats with one line for each data point.
const POINT_COLUMNS: &[Column] = &[
    column("NAME", "name"),
    column("UNITS", "units"),
    column("TIMESTAMP", "timestamp"),
    column("VALUE", "value"),
];

/// A measurement of a response.
#[derive(Deserialize)]
struct Measurement {
    name: String,
    #[serde(default)]
    units: String,
    #[serde(rename = "dataPoints", default)]
    points: Vec<Point>,
}

/// A data point; its value is `null` if nothing was measured.
#[derive(Deserialize)]
struct Point {
    timestamp: String,
    value: Option<f64>,
}

/// Shows the measurements of a process, a database or a disk partition.
pub(super) fn show<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let Some(operation) = invocation.command.operation else {
            return Err(CliError::failure("the command has no operation"));
        };
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation, scope)?;
        let request = with_time_range(invocation, request)?;
        let mut list = invocation.fetch_part(&request, "measurements").await?;
        select_page(invocation, &mut list)?;
        print(invocation, list)
    })
}

/// Adds the default interval and time range. In official mode the interval is required.
fn with_time_range(invocation: &Invocation<'_>, request: Request) -> Result<Request, CliError> {
    let mut request = request;
    if request.parameter("granularity").is_none() {
        if invocation.session.emulates_official_cli {
            return Err(CliError::usage("missing option `--granularity`")
                .with_hint("add `--granularity PT5M`"));
        }
        request = request.with("granularity", GRANULARITY);
    }
    let has_range = ["period", "start", "end"]
        .iter()
        .any(|name| request.parameter(name).is_some());
    if !has_range && !invocation.session.emulates_official_cli {
        request = request.with("period", PERIOD);
    }
    Ok(request)
}

/// Keeps the measurements of a page. Atlas has no pages of measurements.
fn select_page(invocation: &Invocation<'_>, list: &mut List) -> Result<(), CliError> {
    let number = |name: &str| -> Result<Option<usize>, CliError> {
        let Some(text) = invocation.text(name) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(
                CliError::usage(format!("invalid value `{text}` for `--{name}`"))
                    .with_hint("write a number from 1"),
            ),
        }
    };
    let (limit, page) = (number("limit")?, number("page")?);
    if limit.is_none() && page.is_none() {
        return Ok(());
    }
    let limit = limit.unwrap_or(100);
    let first = limit.saturating_mul(page.unwrap_or(1) - 1);
    let items = std::mem::take(&mut list.items);
    list.items = items.into_iter().skip(first).take(limit).collect();
    let envelope = list.envelope.take().map(|envelope| envelope.to_value());
    if let Some(mut envelope) = envelope {
        let kept = list.items.iter().map(|item| item.document.to_value());
        envelope["measurements"] = Value::Array(kept.collect());
        list.envelope = Some(to_document(&envelope)?);
    }
    Ok(())
}

/// Prints measurements: one line for each measurement, or for each data point.
fn print(invocation: &mut Invocation<'_>, mut list: List) -> Result<Exit, CliError> {
    match invocation.session.format {
        Format::Plaintext | Format::Csv | Format::Tsv => {
            let mut view = invocation.view()?;
            view.columns = POINT_COLUMNS.to_vec();
            let points = points(&list)?;
            let text = render(&Data::List(points), &view)?;
            invocation.ui.print(&text)?;
        }
        _ => {
            for item in &mut list.items {
                item.labels = summary(&measurement(&item.document)?);
            }
            invocation.print(&Data::List(list))?;
        }
    }
    Ok(Exit::Success)
}

/// Returns the data points of all measurements.
fn points(list: &List) -> Result<List, CliError> {
    let mut items = Vec::new();
    for Item { document, .. } in &list.items {
        let measurement = measurement(document)?;
        for point in &measurement.points {
            let document = json!({
                "name": measurement.name,
                "units": measurement.units,
                "timestamp": point.timestamp,
                "value": point.value,
            });
            items.push(item(to_document(&document)?));
        }
    }
    Ok(List {
        items,
        ..List::default()
    })
}

fn measurement(document: &Document) -> Result<Measurement, CliError> {
    serde_json::from_str(document.as_str())
        .map_err(|error| CliError::failure(format!("unexpected measurement: {error}")))
}

/// Returns the computed columns of a measurement, which are empty without values.
fn summary(measurement: &Measurement) -> Vec<(&'static str, String)> {
    let values: Vec<f64> = measurement
        .points
        .iter()
        .filter_map(|point| point.value)
        .collect();
    let Some(latest) = values.last() else {
        let headings = ["LATEST", "MINIMUM", "MAXIMUM", "AVERAGE"];
        return headings.map(|heading| (heading, String::new())).into();
    };
    let minimum = values.iter().copied().fold(f64::INFINITY, f64::min);
    let maximum = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are far fewer than 2^52 data points"
    )]
    let average = values.iter().sum::<f64>() / values.len() as f64;
    vec![
        ("LATEST", short(*latest)),
        ("MINIMUM", short(minimum)),
        ("MAXIMUM", short(maximum)),
        ("AVERAGE", short(average)),
    ]
}

/// Formats a number with up to two decimals.
fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measurement_of(values: &[Option<f64>]) -> Measurement {
        Measurement {
            name: "CONNECTIONS".to_owned(),
            units: "SCALAR".to_owned(),
            points: values
                .iter()
                .map(|value| Point {
                    timestamp: "2026-11-01T00:00:00Z".to_owned(),
                    value: *value,
                })
                .collect(),
        }
    }

    #[test]
    fn summary_ignores_points_without_value() {
        let summary = summary(&measurement_of(&[Some(4.0), None, Some(1.5), None]));

        let texts: Vec<_> = summary.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["1.5", "1.5", "4", "2.75"]);
    }

    #[test]
    fn summary_is_empty_without_values() {
        let summary = summary(&measurement_of(&[None]));

        assert!(summary.iter().all(|(_, text)| text.is_empty()));
    }

    #[test]
    fn short_numbers_keep_zeros_before_the_point() {
        assert_eq!(short(100.0), "100");
    }
}
