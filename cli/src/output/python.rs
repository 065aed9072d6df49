//! Formats JSON documents as Python's `pprint.pformat` formats dictionaries, 80 columns wide.
//!
//! This file breaks lines as `pprint` of Python 3.11 does. `python/reader.rs` parses documents,
//! `python/literal.rs` formats values on one line, `python/text.rs` breaks long strings.

mod literal;
mod reader;
mod text;

use std::collections::BTreeMap;

use mongodbatlas::Document;

use super::datetime::{self, LocalZone};

/// Maximum width of a line.
const WIDTH: usize = 80;

/// A Python value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Python {
    /// An expression that is printed verbatim: a number, a constant or a call.
    Expression(String),
    Text(String),
    List(Vec<Self>),
    /// A dictionary, sorted by key.
    Dictionary(BTreeMap<String, Self>),
}

/// Formats a document, with a newline at the end.
pub(crate) fn document(document: &Document) -> String {
    format_line(&reader::read(document.as_str()))
}

/// Formats a document whose `created` is printed as a `datetime`, with a newline at the end.
pub(crate) fn document_with_created(document: &Document, local: LocalZone) -> String {
    let mut value = reader::read(document.as_str());
    if let Python::Dictionary(fields) = &mut value
        && let Some(created) = fields.get_mut("created")
        && let Python::Text(text) = created
        && let Some(expression) = datetime::expression(text, local)
    {
        *created = Python::Expression(expression);
    }
    format_line(&value)
}

fn format_line(value: &Python) -> String {
    format(value) + "\n"
}

/// Formats the value as `pprint.pformat` does.
fn format(value: &Python) -> String {
    let mut printer = Printer::default();
    printer.value(value, Margins::default(), 0);
    printer.0
}

/// Columns of a line that are not available: the indentation, and the characters that must follow.
#[derive(Clone, Copy, Debug, Default)]
struct Margins {
    indent: usize,
    allowance: usize,
}

impl Margins {
    /// Returns the number of available columns.
    fn width(self) -> usize {
        WIDTH.saturating_sub(self.indent + self.allowance)
    }
}

/// The text printed so far.
#[derive(Default)]
struct Printer(String);

impl Printer {
    /// Prints a value on one line if it fits, otherwise on several lines.
    fn value(&mut self, value: &Python, margins: Margins, level: usize) {
        let line = literal::line(value);
        if line.chars().count() <= margins.width() {
            self.0.push_str(&line);
            return;
        }
        let inner = Margins {
            indent: margins.indent + 1,
            allowance: margins.allowance + 1,
        };
        match value {
            Python::Text(text) if !text.is_empty() => self.text(text, margins, level),
            Python::List(items) => {
                self.0.push('[');
                self.items(items, inner, level + 1);
                self.0.push(']');
            }
            Python::Dictionary(fields) => {
                self.0.push('{');
                self.fields(fields, inner, level + 1);
                self.0.push('}');
            }
            Python::Expression(_) | Python::Text(_) => self.0.push_str(&line),
        }
    }

    fn items(&mut self, items: &[Python], margins: Margins, level: usize) {
        for (index, item) in items.iter().enumerate() {
            let is_last = index + 1 == items.len();
            if index > 0 {
                self.comma(margins.indent);
            }
            let allowance = if is_last { margins.allowance } else { 1 };
            let margins = Margins {
                allowance,
                ..margins
            };
            self.value(item, margins, level);
        }
    }

    fn fields(&mut self, fields: &BTreeMap<String, Python>, margins: Margins, level: usize) {
        for (index, (key, value)) in fields.iter().enumerate() {
            let is_last = index + 1 == fields.len();
            if index > 0 {
                self.comma(margins.indent);
            }
            let key = literal::text(key);
            let margins = Margins {
                indent: margins.indent + key.chars().count() + 2,
                allowance: if is_last { margins.allowance } else { 1 },
            };
            self.0.push_str(&key);
            self.0.push_str(": ");
            self.value(value, margins, level);
        }
    }

    /// Prints a long string as several literals below each other, in parentheses outside of lists
    /// and dictionaries.
    fn text(&mut self, text: &str, margins: Margins, level: usize) {
        let is_top_level = level == 0;
        let margins = if is_top_level {
            Margins {
                indent: margins.indent + 1,
                allowance: margins.allowance + 1,
            }
        } else {
            margins
        };
        let width = WIDTH.saturating_sub(margins.indent);
        let pieces = text::split_literal(text, width, margins.allowance);
        let has_parentheses = is_top_level && pieces.len() > 1;
        if has_parentheses {
            self.0.push('(');
        }
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.new_line(margins.indent);
            }
            self.0.push_str(piece);
        }
        if has_parentheses {
            self.0.push(')');
        }
    }

    fn comma(&mut self, indent: usize) {
        self.0.push(',');
        self.new_line(indent);
    }

    fn new_line(&mut self, indent: usize) {
        self.0.push('\n');
        self.0.extend(std::iter::repeat_n(' ', indent));
    }
}

#[cfg(test)]
mod tests;
