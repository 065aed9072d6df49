//! Selects the columns and sorts the rows of tables.

use serde_json::Value;

use super::{
    cells::{at, bytes, day, dollars, joined, local_time, text},
    column::{Column, Style},
    data::{Data, Item, List, View},
    format::Format,
};
use crate::error::CliError;

/// A column whose names are not constants.
pub(super) struct Shown {
    pub(super) heading: String,
    field: String,
    pub(super) style: Style,
}

impl Shown {
    pub(super) fn as_column(&self) -> ColumnRef<'_> {
        ColumnRef {
            field: &self.field,
            style: self.style,
        }
    }
}

/// The field and style of a column.
pub(super) struct ColumnRef<'a> {
    field: &'a str,
    style: Style,
}

/// Returns the columns that the user chose, otherwise those of the command, otherwise all scalar fields.
pub(super) fn columns(view: &View, values: &[Value], items: &[&Item]) -> Vec<Shown> {
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

/// Checks the names of `--columns` and `--sort`: headings, or fields that at least one item has.
///
/// # Errors
///
/// Fails with a usage error that suggests similar names.
pub(crate) fn check_columns(data: &Data, view: &View) -> Result<(), CliError> {
    let Data::List(list) = data else {
        return Ok(());
    };
    let sort = view.sort.as_deref();
    let sort = sort.map(|name| name.strip_prefix('-').unwrap_or(name));
    for name in view.chosen.iter().map(String::as_str).chain(sort) {
        let headings = view
            .columns
            .iter()
            .flat_map(|column| [column.heading, column.field]);
        let labels = list.items.iter().flat_map(|item| &item.labels);
        let mut known = headings.chain(labels.map(|(heading, _)| *heading));
        let has_field = |item: &Item| at(&item.document.to_value(), name).is_some();
        if list.items.is_empty()
            || known.any(|other| other.eq_ignore_ascii_case(name))
            || list.items.iter().any(has_field)
        {
            continue;
        }
        let headings: Vec<_> = view.columns.iter().map(|column| column.heading).collect();
        return Err(
            CliError::usage(format!("unknown column `{name}`")).with_hint(format!(
                "columns: {}, or a field of the documents",
                headings.join(", ")
            )),
        );
    }
    Ok(())
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
pub(super) fn sorted<'a>(list: &'a List, view: &View) -> Vec<&'a Item> {
    let mut items: Vec<_> = list.items.iter().collect();
    let Some(name) = &view.sort else {
        return items;
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
    items
}

/// A key that orders numbers by value and texts without regard to case.
#[derive(PartialEq)]
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

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), Self::Text(_)) => std::cmp::Ordering::Less,
            (Self::Text(_), Self::Number(_)) => std::cmp::Ordering::Greater,
        }
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
pub(super) fn cell<'a>(value: &Value, column: impl Into<ColumnRef<'a>>, view: &View) -> String {
    let column = column.into();
    let Some(value) = at(value, column.field) else {
        return joined(value, column.field);
    };
    match column.style {
        Style::Time if view.format == Format::Table => local_time(&text(value), &view.zone),
        Style::Day if view.format == Format::Table => day(&text(value)),
        Style::Bytes => value.as_f64().map_or_else(|| text(value), bytes),
        Style::Cents => value.as_i64().map_or_else(|| text(value), dollars),
        _ => text(value),
    }
}
