//! Data for stdout, and options for formatting it.

use mongodbatlas::Document;

use super::{column::Column, format::Format};

/// Data for stdout.
#[derive(Debug)]
pub(crate) enum Data {
    Document(Document),
    /// A document with columns that it does not have.
    Item(Item),
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

impl List {
    /// Keeps one page of the items.
    pub(crate) fn keep_page(&mut self, limit: usize, page: usize) {
        let start = limit.saturating_mul(page.saturating_sub(1));
        let items = std::mem::take(&mut self.items);
        self.items = items.into_iter().skip(start).take(limit).collect();
        let items = self.items.iter().map(|item| item.document.as_str());
        let array = format!("[{}]", items.collect::<Vec<_>>().join(","));
        self.envelope = serde_json::from_str(&array).ok();
    }
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) document: Document,
    /// Values of columns that the document does not have, such as the name of the project.
    pub(crate) labels: Vec<(&'static str, String)>,
}

/// The options of a rendering.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) format: Format,
    /// The columns of tables.
    pub(crate) columns: Vec<Column>,
    /// The columns that the user named.
    pub(crate) chosen: Vec<String>,
    /// The column to sort by.
    pub(crate) sort: Option<String>,
    /// The jq expression.
    pub(crate) jq: Option<String>,
    /// The message that replaces the columns.
    pub(crate) sentence: Option<String>,
    /// `true` to print a list without its envelope.
    pub(crate) is_compact: bool,
    /// The width of the terminal; `None` prints whole columns.
    pub(crate) width: Option<usize>,
    /// The time zone of tables.
    pub(crate) zone: jiff::tz::TimeZone,
}

impl View {
    /// Returns `true` if a document is shown with one field for each line.
    pub(crate) fn is_vertical(&self) -> bool {
        self.format == Format::Table && self.chosen.is_empty()
    }
}
