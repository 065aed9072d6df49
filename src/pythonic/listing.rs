//! Pages of the generated layer: typed items, each with its own document.

use super::{
    call::{Record, captured},
    document::Document,
    page::{Page, PageRequest, page_of},
};
use crate::{
    api::{CallError, ResponseValue, types},
    error::Result,
    transport::capture::Captured,
};

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
    PaginatedFlexClusters20241113 => FlexClusterDescription20241113,
    PaginatedClusterDescription20240805 => ClusterDescription20240805,
    PaginatedOrganizationView => AtlasOrganization,
}

/// Runs a generated call that answers with a page.
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
    page_of(asked, answer, |documents| {
        let values = listing.into_results().unwrap_or_default();
        let records = values.into_iter().zip(documents);
        let record = |(value, raw)| Record {
            value,
            document: Document::new(raw),
        };
        Ok(records.map(record).collect())
    })
}
