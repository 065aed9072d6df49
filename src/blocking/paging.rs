//! Lists as iterators.

use std::{fmt, sync::Arc};

use crate::blocking::runtime::Runtime;
use crate::{
    error::Result,
    pythonic::paging::{pager::Pager, pages::Continuation},
};

/// An iterator over a list, which fetches its pages as items are read; the blocking counterpart of [`Pager`].
///
/// Does not send a request before the first item is read. An error is returned once and ends the iterator;
/// [`continuation`](Self::continuation) is then the page to resume from.
#[must_use = "iterators are lazy and send no request until an item is read"]
pub struct Items<T> {
    runtime: Arc<Runtime>,
    pager: Pager<T>,
    /// `true` after the runtime rejected a call, which ends the iterator.
    is_rejected: bool,
}

impl<T: 'static> Items<T> {
    pub(super) fn new(runtime: Arc<Runtime>, pager: Pager<T>) -> Self {
        Self {
            runtime,
            pager,
            is_rejected: false,
        }
    }

    /// Sets the number of items per page, from 1 to 500; other values are clamped.
    pub fn with_page_size(mut self, items: u16) -> Self {
        self.pager = self.pager.with_page_size(items);
        self
    }

    /// Resumes where another iterator over the same list with the same page size stopped.
    pub fn starting_at(mut self, continuation: Continuation) -> Self {
        self.pager = self.pager.starting_at(continuation);
        self
    }

    /// Returns the next page to fetch, or `None` at the end of the list.
    pub fn continuation(&self) -> Option<Continuation> {
        self.pager.continuation()
    }

    /// Returns the number of items in the list; `None` until a page contains it.
    pub fn total(&self) -> Option<u64> {
        self.pager.total()
    }
}

impl<T: 'static> Iterator for Items<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_rejected {
            return None;
        }
        match self.runtime.wait(self.pager.next()) {
            Ok(item) => item,
            Err(error) => {
                self.is_rejected = true;
                Some(Err(error))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_rejected {
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
