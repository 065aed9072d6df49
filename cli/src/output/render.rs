//! Formats documents and lists as text.

use std::fmt::Write as _;

use mongodbatlas::Document;
use serde_json::Value;

use crate::{
    error::CliError,
    output::{
        format::Format,
        json::{self, Ordered},
        python, query,
        rows::{cell, columns, sorted},
        separated,
        table::Table,
        template,
    },
    terminal::escape_controls,
};

pub(crate) use crate::output::{
    cells::{at, text},
    data::{Data, Item, List, View},
    rows::check_columns,
};

/// Formats data.
///
/// # Errors
///
/// Fails with a usage error if an expression or column is invalid.
pub(crate) fn render(data: &Data, view: &View) -> Result<String, CliError> {
    if let Some(expression) = &view.jq {
        return query::jq(expression, &json_text(data, view)?);
    }
    match &view.format {
        Format::Table | Format::Plaintext => Ok(prose(data, view)),
        Format::Csv => separated::text(&table_of(data, view), b','),
        Format::Tsv => separated::text(&table_of(data, view), b'\t'),
        Format::Json => Ok(json::indent(&json_text(data, view)?) + "\n"),
        Format::JsonLines => Ok(json_lines(data, view)?),
        Format::Yaml => yaml(&json_text(data, view)?),
        Format::Ids => Ok(ids(data)),
        Format::Python => Ok(python::document(&parse(&json_text(data, view)?)?)),
        Format::JsonPath(path) => query::json_path(path, &value(data, view)?),
        Format::GoTemplate(text) => template::render(text, &value(data, view)?),
    }
}

/// Returns the JSON text of data.
fn json_text(data: &Data, view: &View) -> Result<String, CliError> {
    Ok(match data {
        Data::Document(document) => document.as_str().to_owned(),
        Data::Item(item) => item.document.as_str().to_owned(),
        Data::Empty => "{}".to_owned(),
        Data::List(list) => {
            let is_whole = !view.is_compact && view.sort.is_none();
            if let Some(envelope) = list.envelope.as_ref().filter(|_| is_whole) {
                return Ok(envelope.as_str().to_owned());
            }
            let items: Vec<_> = sorted(list, view)
                .iter()
                .map(|item| item.document.as_str())
                .collect();
            let items = items.join(",");
            if view.is_compact {
                return Ok(format!("[{items}]"));
            }
            let total = list.total.unwrap_or(list.items.len() as u64);
            let mut extra = String::new();
            for (name, json) in &list.extra {
                // Writing to a string cannot fail.
                let _ = write!(extra, ",\"{name}\":{json}");
            }
            format!("{{\"results\":[{items}],\"totalCount\":{total}{extra}}}")
        }
    })
}

fn json_lines(data: &Data, view: &View) -> Result<String, CliError> {
    Ok(match data {
        Data::List(list) => sorted(list, view)
            .iter()
            .map(|item| json_line(item))
            .collect(),
        _ => json_text(data, view)? + "\n",
    })
}

/// Returns an item as one line of JSON.
pub(crate) fn json_line(item: &Item) -> String {
    item.document.as_str().replace(['\n', '\r'], " ") + "\n"
}

fn yaml(text: &str) -> Result<String, CliError> {
    let failed = |reason: String| CliError::failure(format!("cannot write YAML: {reason}"));
    let value: Ordered = serde_json::from_str(text).map_err(|error| failed(error.to_string()))?;
    serde_saphyr::to_string(&value).map_err(|error| failed(error.to_string()))
}

fn parse(text: &str) -> Result<Document, CliError> {
    serde_json::from_str(text).map_err(|error| CliError::failure(format!("invalid JSON: {error}")))
}

fn value(data: &Data, view: &View) -> Result<Value, CliError> {
    Ok(parse(&json_text(data, view)?)?.to_value())
}

fn ids(data: &Data) -> String {
    let id = |document: &Document| {
        let value = document.to_value();
        let id = ["id", "_id", "name", "username", "publicKey"]
            .iter()
            .find_map(|name| value.get(name)?.as_str().map(str::to_owned));
        id.map_or_else(String::new, |id| escape_controls(&id).into_owned() + "\n")
    };
    match data {
        Data::Document(document) => id(document),
        Data::Item(item) => id(&item.document),
        Data::List(list) => list.items.iter().map(|item| id(&item.document)).collect(),
        Data::Empty => String::new(),
    }
}

/// Formats a message, a table or the fields of one document.
fn prose(data: &Data, view: &View) -> String {
    if let Some(sentence) = &view.sentence {
        return format!("{sentence}\n");
    }
    match data {
        Data::Empty => String::new(),
        Data::Document(document) if view.is_vertical() => fields(document, &[], view),
        Data::Item(item) if view.is_vertical() => fields(&item.document, &item.labels, view),
        _ => table_of(data, view).text(view.width),
    }
}

/// Formats the fields of a document, one for each line.
fn fields(document: &Document, labels: &[(&'static str, String)], view: &View) -> String {
    let value = document.to_value();
    let pairs: Vec<(String, String)> = if view.columns.is_empty() {
        leaves(&value)
    } else {
        let cells = view.columns.iter();
        cells
            .map(|column| {
                let label = labels
                    .iter()
                    .find(|(heading, _)| *heading == column.heading);
                let text =
                    label.map_or_else(|| cell(&value, column, view), |(_, text)| text.clone());
                (column.heading.to_owned(), text)
            })
            .filter(|(_, text)| !text.is_empty())
            .collect()
    };
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines = pairs.iter().map(|(name, text)| {
        let text = crate::terminal::printable(text);
        format!("{name:width$}   {text}\n")
    });
    lines.collect()
}

/// Returns the path and value of each scalar field of a document, without links.
fn leaves(value: &Value) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, pairs: &mut Vec<(String, String)>) {
        let join = |name: &str| match path {
            "" => name.to_owned(),
            _ => format!("{path}.{name}"),
        };
        match value {
            Value::Object(fields) => {
                for (name, value) in fields.iter().filter(|(name, _)| *name != "links") {
                    walk(value, &join(name), pairs);
                }
            }
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                for (index, item) in items.iter().enumerate() {
                    walk(item, &join(&index.to_string()), pairs);
                }
            }
            other => pairs.push((path.to_owned(), text(other))),
        }
    }
    let mut pairs = Vec::new();
    walk(value, "", &mut pairs);
    pairs
}

/// Returns the table of data.
fn table_of(data: &Data, view: &View) -> Table {
    let single;
    let items: Vec<&Item> = match data {
        Data::List(list) => sorted(list, view),
        Data::Item(item) => vec![item],
        Data::Document(document) => {
            single = Item {
                document: document.clone(),
                labels: Vec::new(),
            };
            vec![&single]
        }
        Data::Empty => Vec::new(),
    };
    let values: Vec<Value> = items.iter().map(|item| item.document.to_value()).collect();
    let columns = columns(view, &values, &items);
    let rows = items.iter().zip(&values).map(|(item, value)| {
        let cells = columns.iter().map(|column| {
            let label = item.labels.iter().find(|(name, _)| *name == column.heading);
            label.map_or_else(
                || cell(value, column.as_column(), view),
                |(_, text)| text.clone(),
            )
        });
        cells.collect()
    });
    Table {
        rows: rows.collect(),
        styles: columns.iter().map(|column| column.style).collect(),
        headings: columns.into_iter().map(|column| column.heading).collect(),
    }
}
