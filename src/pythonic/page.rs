//! One page of a list.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::call::{Record, captured, raw, with_request};
use crate::{
    api::{CallError, ResponseValue, types, undecodable},
    error::{Error, ErrorKind, Result},
    transport::capture::Captured,
};

/// One page of a list.
///
/// ```no_run
/// # async fn example(atlas: mongodbatlas::Atlas) -> mongodbatlas::Result<()> {
/// let mut pages = atlas.projects().pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("page {}: {} of {:?}", page.number(), page.items().len(), page.total());
/// }
/// # Ok(())
/// # }
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
    pub(crate) fn try_map<U>(self, change: impl FnMut(T) -> Result<U>) -> Result<Page<U>> {
        Ok(Page {
            items: self.items.into_iter().map(change).collect::<Result<_>>()?,
            number: self.number,
            total: self.total,
            has_next: self.has_next,
            fingerprint: self.fingerprint,
        })
    }
}

/// Which page a pager asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    pub(crate) number: u32,
    pub(crate) size: u16,
}

/// An answer of the generated layer that holds a page of a list.
pub(crate) trait Listing {
    type Item;

    fn into_results(self) -> Option<Vec<Self::Item>>;
}

/// Implements [`Listing`] for answers, which all keep their items in `results`.
macro_rules! listing {
    ($($answer:ident => $item:ident),* $(,)?) => {
        $(impl Listing for types::$answer {
            type Item = types::$item;

            fn into_results(self) -> Option<Vec<types::$item>> {
                self.results
            }
        })*
    };
}

listing! {
    PaginatedAtlasGroupView => Group,
    PaginatedClusterDescription20240805 => ClusterDescription20240805,
    PaginatedOrganizationView => AtlasOrganization,
}

/// What every list says of itself, whatever its items are.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    results: Option<&'a RawValue>,
    links: Option<Vec<Link>>,
    total_count: Option<u64>,
}

#[derive(Deserialize)]
struct Link {
    rel: Option<String>,
}

/// Runs a generated call that answers with a page.
///
/// A link only tells that there is a next page; its address is never followed, so it cannot lead
/// keys to another host.
pub(crate) async fn fetch<L, F>(asked: PageRequest, call: F) -> Result<Page<Record<L::Item>>>
where
    L: Listing,
    F: Future<Output = Result<ResponseValue<L>, CallError>>,
{
    let (listing, answer) = captured(call).await?;
    read(asked, listing, &answer)
}

/// Reads a page out of an answer and the value decoded from it.
pub(crate) fn read<L: Listing>(
    asked: PageRequest,
    listing: L,
    answer: &Captured,
) -> Result<Page<Record<L::Item>>> {
    let name = |error: Error| with_request(error, Some(answer));
    let envelope = envelope(answer)?;
    let (Some(values), Some(results)) = (listing.into_results(), envelope.results) else {
        let missing = Error::new(ErrorKind::Answer, "the answer has no field `results`")
            .with_hint("check the base URL (`ATLAS_BASE_URL`)");
        return Err(name(missing));
    };
    let documents: Vec<&RawValue> =
        serde_json::from_str(results.get()).map_err(|error| name(undecodable(&error)))?;
    let items: Vec<_> = values
        .into_iter()
        .zip(documents)
        .map(|(value, raw)| Record {
            value,
            document: super::Document::new(raw),
        })
        .collect();
    let seen = u64::from(asked.number) * u64::from(asked.size);
    let has_next = match &envelope.links {
        Some(links) => links.iter().any(|link| link.rel.as_deref() == Some("next")),
        None => envelope.total_count.is_some_and(|total| total > seen),
    };
    Ok(Page {
        items,
        number: asked.number,
        total: envelope.total_count,
        has_next,
        fingerprint: hash(results.get()),
    })
}

fn envelope(answer: &Captured) -> Result<Envelope<'_>> {
    serde_json::from_str(raw(answer)?.get())
        .map_err(|error| with_request(undecodable(&error), Some(answer)))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
