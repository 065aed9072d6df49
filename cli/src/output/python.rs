//! JSON documents as Python's `pprint.pformat` shows dictionaries, 80 columns wide.
//!
//! This file decides where lines break, as `pprint` of Python 3.11 does. `python/reader.rs` reads
//! documents, `python/literal.rs` writes what fits on a line, `python/text.rs` breaks long texts.

mod literal;
mod reader;
mod text;

use std::collections::BTreeMap;

use mongodbatlas::Document;

use super::datetime::{self, Machine};

/// How wide the page is.
const WIDTH: usize = 80;

/// A value that Python would hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Python {
    /// Something that is shown as it is: a number, a constant, a call.
    Expression(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A dictionary, whose keys are shown in their order.
    Dictionary(BTreeMap<String, Self>),
}

/// A document and a line's end.
pub(crate) fn document(document: &Document) -> String {
    page(&reader::read(document.as_str()))
}

/// A document whose `created` is shown as a time, and a line's end.
pub(crate) fn document_with_created(document: &Document, machine: Machine) -> String {
    let mut value = reader::read(document.as_str());
    if let Python::Dictionary(fields) = &mut value
        && let Some(created) = fields.get_mut("created")
        && let Python::Text(text) = created
        && let Some(expression) = datetime::expression(text, machine)
    {
        *created = Python::Expression(expression);
    }
    page(&value)
}

fn page(value: &Python) -> String {
    let mut page = format(value);
    page.push('\n');
    page
}

/// The value as `pprint.pformat` shows it.
fn format(value: &Python) -> String {
    let mut page = Page::default();
    page.value(value, Room::default(), 0);
    page.0
}

/// What is taken of a line: columns to the left, and characters that have to follow.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    indent: usize,
    allowance: usize,
}

impl Room {
    /// How many characters fit.
    fn width(self) -> usize {
        WIDTH.saturating_sub(self.indent + self.allowance)
    }
}

/// The page as far as it is written.
#[derive(Default)]
struct Page(String);

impl Page {
    /// A value: on the line if it fits, else spread over lines if it can be.
    fn value(&mut self, value: &Python, room: Room, level: usize) {
        let line = literal::line(value);
        if line.chars().count() <= room.width() {
            self.0.push_str(&line);
            return;
        }
        let inside = Room {
            indent: room.indent + 1,
            allowance: room.allowance + 1,
        };
        match value {
            Python::Text(text) if !text.is_empty() => self.text(text, room, level),
            Python::List(items) => {
                self.0.push('[');
                self.items(items, inside, level + 1);
                self.0.push(']');
            }
            Python::Dictionary(fields) => {
                self.0.push('{');
                self.fields(fields, inside, level + 1);
                self.0.push('}');
            }
            Python::Expression(_) | Python::Text(_) => self.0.push_str(&line),
        }
    }

    fn items(&mut self, items: &[Python], room: Room, level: usize) {
        for (index, item) in items.iter().enumerate() {
            let is_last = index + 1 == items.len();
            if index > 0 {
                self.comma(room.indent);
            }
            let allowance = if is_last { room.allowance } else { 1 };
            self.value(item, Room { allowance, ..room }, level);
        }
    }

    fn fields(&mut self, fields: &BTreeMap<String, Python>, room: Room, level: usize) {
        for (index, (key, value)) in fields.iter().enumerate() {
            let is_last = index + 1 == fields.len();
            if index > 0 {
                self.comma(room.indent);
            }
            let key = literal::text(key);
            let room = Room {
                indent: room.indent + key.chars().count() + 2,
                allowance: if is_last { room.allowance } else { 1 },
            };
            self.0.push_str(&key);
            self.0.push_str(": ");
            self.value(value, room, level);
        }
    }

    /// A long text as several that stand below one another; parentheses hold them together where
    /// no bracket does.
    fn text(&mut self, text: &str, room: Room, level: usize) {
        let is_bare = level == 0;
        let room = if is_bare {
            Room {
                indent: room.indent + 1,
                allowance: room.allowance + 1,
            }
        } else {
            room
        };
        let pieces = text::pieces(text, WIDTH.saturating_sub(room.indent), room.allowance);
        let is_enclosed = is_bare && pieces.len() > 1;
        if is_enclosed {
            self.0.push('(');
        }
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.new_line(room.indent);
            }
            self.0.push_str(piece);
        }
        if is_enclosed {
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
