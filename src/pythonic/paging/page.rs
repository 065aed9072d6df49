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
///     println!("then page {:?}", pages.continuation());
///     assert_eq!(page.has_next(), pages.continuation().is_some());
///     for project in page.into_items() {
///         println!("  {}", project.name());
///     }
/// }
/// assert!(pages.next().await.is_none());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) number: u32,
    pub(crate) total: Option<u64>,
    pub(crate) has_next: bool,
    /// A hash of what the server sent for the items; two pages with the same are a circle.
    pub(crate) fingerprint: u64,
}

impl<T> Page<T> {
    /// The items, in the server's order.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items, in the server's order.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// The page's number, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How many items all pages hold together, if the server said so.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether another page follows.
    pub fn has_next(&self) -> bool {
        self.has_next
    }

    /// The page with every item changed.
    pub(crate) fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            number: self.number,
            total: self.total,
            has_next: self.has_next,
            fingerprint: self.fingerprint,
        }
    }
}

/// Which page a pager asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    pub(crate) number: u32,
    pub(crate) size: u16,
}

impl PageRequest {
    /// Sets the parameters of the page.
    pub(crate) fn apply(self, call: Call) -> Call {
        call.with("itemsPerPage", self.size)
            .with("pageNum", self.number)
    }
}

/// What every list says of itself, whatever its items are.
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

/// Reads a page; the closure makes items of the documents in it.
///
/// A link only tells that there is a next page; its address is never followed, so it cannot lead
/// keys to another host.
pub(crate) fn page_of<T>(
    page: PageRequest,
    received: &Received,
    items: impl FnOnce(Vec<&RawValue>) -> Result<Vec<T>>,
) -> Result<Page<T>> {
    let envelope = envelope(received)?;
    let results = envelope.results(received)?;
    let seen = u64::from(page.number) * u64::from(page.size);
    let has_next = match &envelope.links {
        Some(links) => links.iter().any(|link| link.rel.as_deref() == Some("next")),
        None => envelope.total_count.is_some_and(|total| total > seen),
    };
    Ok(Page {
        items: items(documents(results, received)?)?,
        number: page.number,
        total: envelope.total_count,
        has_next,
        fingerprint: hash(results.get()),
    })
}

/// Reads a list that comes in one piece: an array, or an envelope with all results.
#[cfg(feature = "core")]
pub(crate) fn whole<T>(
    received: &Received,
    items: impl FnOnce(Vec<&RawValue>) -> Result<Vec<T>>,
) -> Result<Page<T>> {
    let text = received.json_text()?;
    let results = if text.get().starts_with('[') {
        text
    } else {
        envelope(received)?.results(received)?
    };
    let items = items(documents(results, received)?)?;
    Ok(Page {
        number: 1,
        total: items.len().try_into().ok(),
        items,
        has_next: false,
        fingerprint: hash(results.get()),
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

/// The items of a list, each as it came.
fn documents<'a>(results: &'a RawValue, received: &Received) -> Result<Vec<&'a RawValue>> {
    serde_json::from_str(results.get()).map_err(|error| received.undecodable(&error))
}

fn envelope(received: &Received) -> Result<Envelope<'_>> {
    serde_json::from_str(received.json_text()?.get()).map_err(|error| received.undecodable(&error))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
