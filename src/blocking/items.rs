//! Lists as iterators.

use std::fmt;

use crate::blocking::Atlas;
use crate::{
    error::Result,
    pythonic::paging::pager::{Continuation, Pager},
};

/// A list that is fetched page by page as its items are taken.
///
/// Nothing is sent before the first item is asked for. An error is given once and ends the list;
/// [`continuation`](Self::continuation) then tells where to go on.
#[must_use = "iterators send nothing until an item is asked for"]
pub struct Items<T> {
    atlas: Atlas,
    pager: Pager<T>,
    /// Whether waiting was refused, after which there is nothing more.
    refused: bool,
}

impl<T: 'static> Items<T> {
    pub(super) fn new(atlas: Atlas, pager: Pager<T>) -> Self {
        Self {
            atlas,
            pager,
            refused: false,
        }
    }

    /// Asks for this many items a page, from 1 to 500; others are moved to the nearer end.
    pub fn with_page_size(mut self, items: u16) -> Self {
        self.pager = self.pager.with_page_size(items);
        self
    }

    /// Goes on where another iterator of the same list and page size stopped.
    pub fn starting_at(mut self, continuation: Continuation) -> Self {
        self.pager = self.pager.starting_at(continuation);
        self
    }

    /// Where to start to see the page that this iterator would fetch next.
    pub fn continuation(&self) -> Option<Continuation> {
        self.pager.continuation()
    }

    /// How many items the list has, once a page has said so.
    pub fn total(&self) -> Option<u64> {
        self.pager.total()
    }
}

impl<T: 'static> Iterator for Items<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.refused {
            return None;
        }
        match self.atlas.runtime.wait(self.pager.next()) {
            Ok(item) => item,
            Err(error) => {
                self.refused = true;
                Some(Err(error))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.refused {
            return (0, Some(0));
        }
        self.pager.items_left()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pager", &self.pager)
            .finish_non_exhaustive()
    }
}
