//! One page of a list.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    error::{Error, ErrorKind, Result},
    request::Call,
    transport::Received,
};

/// One page of a list.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let mut pages = atlas.projects().with_page_size(3).pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("page {}: {} of {:?}", page.number(), page.items().len(), page.total());
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) number: u32,
    pub(crate) total: Option<u64>,
    pub(crate) has_next: bool,
    /// A hash of the items' JSON, to detect a repeated page.
    pub(crate) fingerprint: u64,
}

impl<T> Page<T> {
    /// Returns the items, in the order in which Atlas returns them.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Returns the items, in the order in which Atlas returns them.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Returns the page number, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the number of items in the list, if the page contains it.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Returns `true` if there is another page.
    pub fn has_next(&self) -> bool {
        self.has_next
    }

    /// Converts each item with `convert`.
    pub(crate) fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(convert).collect(),
            number: self.number,
            total: self.total,
            has_next: self.has_next,
            fingerprint: self.fingerprint,
        }
    }
}

/// The number and size of a page to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    pub(crate) number: u32,
    pub(crate) size: u16,
}

impl PageRequest {
    /// Sets the pagination parameters of a call.
    pub(crate) fn apply(self, call: Call) -> Call {
        call.with("itemsPerPage", self.size)
            .with("pageNum", self.number)
    }
}

/// The pagination fields of a response.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow, alias = "accessLogs")]
    results: Option<&'a RawValue>,
    links: Option<Vec<Link>>,
    total_count: Option<u64>,
}

#[derive(Deserialize)]
struct Link {
    rel: Option<String>,
}

/// Reads a page and decodes its items with `items`.
///
/// A link shows only that there is a next page. Its URL is never followed, so it cannot send
/// credentials to another host.
pub(crate) fn read_page<T>(
    page: PageRequest,
    received: &Received,
    items: impl FnOnce(Vec<&RawValue>) -> Result<Vec<T>>,
) -> Result<Page<T>> {
    let envelope = parse_envelope(received)?;
    let results = envelope.results(received)?;
    let read_count = u64::from(page.number) * u64::from(page.size);
    let has_next = match &envelope.links {
        Some(links) => links.iter().any(|link| link.rel.as_deref() == Some("next")),
        None => envelope.total_count.is_some_and(|total| total > read_count),
    };
    Ok(Page {
        items: items(split_documents(results, received)?)?,
        number: page.number,
        total: envelope.total_count,
        has_next,
        fingerprint: hash_text(results.get()),
    })
}

/// Reads a list without pagination: an array, or an envelope with all results.
#[cfg(feature = "core")]
pub(crate) fn read_list<T>(
    received: &Received,
    items: impl FnOnce(Vec<&RawValue>) -> Result<Vec<T>>,
) -> Result<Page<T>> {
    let text = received.json_text()?;
    let results = if text.get().starts_with('[') {
        text
    } else {
        parse_envelope(received)?.results(received)?
    };
    let items = items(split_documents(results, received)?)?;
    Ok(Page {
        number: 1,
        total: items.len().try_into().ok(),
        items,
        has_next: false,
        fingerprint: hash_text(results.get()),
    })
}

impl<'a> Envelope<'a> {
    fn results(&self, received: &Received) -> Result<&'a RawValue> {
        self.results.ok_or_else(|| {
            let missing = Error::new(
                ErrorKind::InvalidResponse,
                "the response has no field `results`",
            );
            let missing = missing.with_hint("check the base URL (`ATLAS_BASE_URL`)");
            received.describe(missing)
        })
    }
}

/// Splits a list into the JSON texts of its items.
fn split_documents<'a>(results: &'a RawValue, received: &Received) -> Result<Vec<&'a RawValue>> {
    serde_json::from_str(results.get()).map_err(|error| received.undecodable(&error))
}

fn parse_envelope(received: &Received) -> Result<Envelope<'_>> {
    serde_json::from_str(received.json_text()?.get()).map_err(|error| received.undecodable(&error))
}

fn hash_text(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
