//! Turns documents and lists into text.

use mongodbatlas::Document;
use serde_json::Value;

use crate::{
    error::CliError,
    output::{
        cells::{bytes, joined, local_time},
        column::{Column, Style},
        format::Format,
        json::{self, Ordered},
        python, query, separated,
        table::Table,
        template,
    },
};

pub(crate) use crate::output::cells::{at, text};

/// Data for stdout.
#[derive(Debug)]
pub(crate) enum Data {
    /// A document.
    Document(Document),
    /// A document with columns that it does not have.
    Item(Item),
    /// A list.
    List(List),
    /// A response without a body.
    Empty,
}

/// A list of documents.
#[derive(Debug, Default)]
pub(crate) struct List {
    /// The items, in order.
    pub(crate) items: Vec<Item>,
    /// The number of items on the server, if it counted them.
    pub(crate) total: Option<u64>,
    /// The response of the server, if the list is one response.
    pub(crate) envelope: Option<Document>,
    /// Further fields of the envelope, as JSON text.
    pub(crate) extra: Vec<(&'static str, String)>,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The document.
    pub(crate) document: Document,
    /// Values of columns that the document does not have, such as the name of the project.
    pub(crate) labels: Vec<(&'static str, String)>,
}

/// How data is shown.
#[derive(Debug)]
pub(crate) struct View {
    /// The format.
    pub(crate) format: Format,
    /// The columns of tables.
    pub(crate) columns: Vec<Column>,
    /// The columns that the user named.
    pub(crate) chosen: Vec<String>,
    /// The column to sort by.
    pub(crate) sort: Option<String>,
    /// The jq expression.
    pub(crate) jq: Option<String>,
    /// The sentence that replaces the columns.
    pub(crate) sentence: Option<String>,
    /// `true` to print a list without its envelope.
    pub(crate) is_compact: bool,
    /// The width of the terminal; `None` prints whole columns.
    pub(crate) width: Option<usize>,
    /// The time zone of tables.
    pub(crate) zone: jiff::tz::TimeZone,
}

impl View {
    /// Returns `true` if a document is shown as one field a line.
    fn is_vertical(&self) -> bool {
        self.format == Format::Table && self.chosen.is_empty()
    }
}

/// Formats data.
///
/// # Errors
///
/// A usage error for an expression or column that is invalid.
pub(crate) fn render(data: &Data, view: &View) -> Result<String, CliError> {
    if let Some(expression) = &view.jq {
        return query::jq(expression, &json_text(data, view)?);
    }
    match &view.format {
        Format::Table | Format::Plaintext => prose(data, view),
        Format::Csv => separated::text(&table_of(data, view)?, b','),
        Format::Tsv => separated::text(&table_of(data, view)?, b'\t'),
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
            let items: Vec<_> = sorted(list, view)?
                .iter()
                .map(|item| item.document.as_str())
                .collect();
            let items = items.join(",");
            if view.is_compact {
                return Ok(format!("[{items}]"));
            }
            let total = list.total.unwrap_or(list.items.len() as u64);
            let extra: String = list
                .extra
                .iter()
                .map(|(name, json)| format!(",\"{name}\":{json}"))
                .collect();
            format!("{{\"results\":[{items}],\"totalCount\":{total}{extra}}}")
        }
    })
}

fn json_lines(data: &Data, view: &View) -> Result<String, CliError> {
    Ok(match data {
        Data::List(list) => sorted(list, view)?
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
        id.map_or_else(String::new, |id| id + "\n")
    };
    match data {
        Data::Document(document) => id(document),
        Data::Item(item) => id(&item.document),
        Data::List(list) => list.items.iter().map(|item| id(&item.document)).collect(),
        Data::Empty => String::new(),
    }
}

/// Formats a sentence, a table or the fields of one document.
fn prose(data: &Data, view: &View) -> Result<String, CliError> {
    if let Some(sentence) = &view.sentence {
        return Ok(format!("{sentence}\n"));
    }
    match data {
        Data::Empty => Ok(String::new()),
        Data::Document(document) if view.is_vertical() => Ok(fields(document, &[], view)),
        Data::Item(item) if view.is_vertical() => Ok(fields(&item.document, &item.labels, view)),
        _ => Ok(table_of(data, view)?.text(view.width)),
    }
}

/// Formats the fields of a document, one a line.
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

/// Returns the scalar fields of a document with their paths, without links.
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
fn table_of(data: &Data, view: &View) -> Result<Table, CliError> {
    let single;
    let items: Vec<&Item> = match data {
        Data::List(list) => sorted(list, view)?,
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
    Ok(Table {
        rows: rows.collect(),
        styles: columns.iter().map(|column| column.style).collect(),
        headings: columns.into_iter().map(|column| column.heading).collect(),
    })
}

/// A column whose names are not constants.
struct Shown {
    heading: String,
    field: String,
    style: Style,
}

impl Shown {
    fn as_column(&self) -> ColumnRef<'_> {
        ColumnRef {
            field: &self.field,
            style: self.style,
        }
    }
}

/// The field and style of a column.
struct ColumnRef<'a> {
    field: &'a str,
    style: Style,
}

/// Returns the columns: those that were chosen, else those of the command, else scalar fields.
fn columns(view: &View, values: &[Value], items: &[&Item]) -> Vec<Shown> {
    if !view.chosen.is_empty() {
        return view.chosen.iter().map(|name| find(name, view)).collect();
    }
    let labels = items.first().into_iter().flat_map(|item| &item.labels);
    let is_own = |heading: &str| view.columns.iter().any(|column| column.heading == heading);
    let mut shown: Vec<_> = labels
        .filter(|(heading, _)| !is_own(heading))
        .map(|(heading, _)| Shown {
            heading: (*heading).to_owned(),
            field: String::new(),
            style: Style::Plain,
        })
        .collect();
    if view.columns.is_empty() {
        let first = values.first().and_then(Value::as_object);
        let scalars = first
            .into_iter()
            .flatten()
            .filter(|(_, value)| !value.is_object() && !value.is_array());
        shown.extend(scalars.take(6).map(|(name, _)| find(name, view)));
    }
    shown.extend(view.columns.iter().map(|column| Shown {
        heading: column.heading.to_owned(),
        field: column.field.to_owned(),
        style: column.style,
    }));
    shown
}

/// Returns the column with this heading, or a column of this field.
fn find(name: &str, view: &View) -> Shown {
    let same = |column: &&Column| {
        column.heading.eq_ignore_ascii_case(name) || column.field.eq_ignore_ascii_case(name)
    };
    match view.columns.iter().find(same) {
        Some(column) => Shown {
            heading: column.heading.to_owned(),
            field: column.field.to_owned(),
            style: column.style,
        },
        None => Shown {
            heading: name.to_uppercase(),
            field: name.to_owned(),
            style: Style::Plain,
        },
    }
}

/// Returns the items in the order of `--sort`.
fn sorted<'a>(list: &'a List, view: &View) -> Result<Vec<&'a Item>, CliError> {
    let mut items: Vec<_> = list.items.iter().collect();
    let Some(name) = &view.sort else {
        return Ok(items);
    };
    let (name, is_descending) = match name.strip_prefix('-') {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let column = find(name, view);
    let key = |item: &&Item| {
        let label = item
            .labels
            .iter()
            .find(|(heading, _)| *heading == column.heading);
        match label {
            Some((_, text)) => SortKey::Text(text.clone()),
            None => SortKey::of(&item.document.to_value(), &column.field),
        }
    };
    items.sort_by_cached_key(key);
    if is_descending {
        items.reverse();
    }
    Ok(items)
}

/// A key that orders numbers by value and texts without regard to case.
#[derive(PartialEq, PartialOrd)]
enum SortKey {
    Number(f64),
    Text(String),
}

impl SortKey {
    fn of(value: &Value, field: &str) -> Self {
        match at(value, field) {
            Some(Value::Number(number)) => Self::Number(number.as_f64().unwrap_or_default()),
            other => Self::Text(other.map_or_else(String::new, text).to_lowercase()),
        }
    }
}

impl Eq for SortKey {}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal)
    }
}

impl<'a> From<&'a Column> for ColumnRef<'a> {
    fn from(column: &'a Column) -> Self {
        Self {
            field: column.field,
            style: column.style,
        }
    }
}

/// Returns the text of a column.
fn cell<'a>(value: &Value, column: impl Into<ColumnRef<'a>>, view: &View) -> String {
    let column = column.into();
    let Some(value) = at(value, column.field) else {
        return joined(value, column.field);
    };
    match column.style {
        Style::Time if view.format == Format::Table => local_time(&text(value), &view.zone),
        Style::Bytes => value.as_f64().map_or_else(|| text(value), bytes),
        _ => text(value),
    }
}
