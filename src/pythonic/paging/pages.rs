//! A paginated list as a stream of pages.

use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::{Stream, future::BoxFuture};

use crate::error::{Error, ErrorKind, Result};
use crate::pythonic::paging::page::{Page, PageRequest};

/// The default page size, which is the maximum of Atlas.
pub(super) const PAGE_SIZE: u16 = 500;

/// Maximum number of consecutive empty pages with a next page.
const MAX_EMPTY_PAGES: u32 = 100;

/// A function that fetches one page.
pub(super) type Fetch<T> =
    Arc<dyn Fn(PageRequest) -> BoxFuture<'static, Result<Page<T>>> + Send + Sync>;

/// The pages of a list; see [`Pager::pages`](crate::Pager::pages).
#[must_use = "pages are fetched only as they are read"]
pub struct Pages<T> {
    pub(super) fetch: Fetch<T>,
    /// The next page to fetch, or the page in progress.
    pub(super) next: PageRequest,
    state: State<T>,
    pub(super) total: Option<u64>,
    /// Number of consecutive empty pages.
    empty_count: u32,
    /// Fingerprints of the pages so far, to detect a repeated page.
    seen: HashSet<u64>,
}

/// The progress of a list.
enum State<T> {
    /// No request in progress.
    Idle,
    /// Waiting for a page.
    Fetching(BoxFuture<'static, Result<Page<T>>>),
    /// Ended by an error.
    Failed,
    /// Ended by the last page.
    Done,
}

impl<T: 'static> Pages<T> {
    pub(super) fn new(fetch: Fetch<T>) -> Self {
        Self {
            fetch,
            next: PageRequest {
                number: 1,
                size: PAGE_SIZE,
            },
            state: State::Idle,
            total: None,
            empty_count: 0,
            seen: HashSet::new(),
        }
    }

    /// Returns the next page to fetch, or `None` at the end of the list; see
    /// [`Pager::continuation`](crate::Pager::continuation).
    pub fn continuation(&self) -> Option<Continuation> {
        (!matches!(self.state, State::Done)).then_some(Continuation(self.next.number))
    }

    /// Returns the next page, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Pager::next`](crate::Pager::next).
    pub async fn next(&mut self) -> Option<Result<Page<T>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Returns the next page, or `None` at the end, for use with `?`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Pager::next`](crate::Pager::next).
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>> {
        self.next().await.transpose()
    }

    /// Returns the number of items on the pages that were not fetched, if a page contained the total.
    pub(super) fn unread_items(&self) -> Option<usize> {
        if matches!(self.state, State::Failed | State::Done) {
            return Some(0);
        }
        let read_count = u64::from(self.next.number - 1) * u64::from(self.next.size);
        usize::try_from(self.total?.saturating_sub(read_count)).ok()
    }

    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>>>> {
        loop {
            match &mut self.state {
                State::Idle => self.state = State::Fetching((self.fetch)(self.next)),
                State::Fetching(page) => {
                    let fetched = ready!(page.as_mut().poll(context));
                    return Poll::Ready(Some(self.accept(fetched)));
                }
                State::Failed | State::Done => return Poll::Ready(None),
            }
        }
    }

    /// Checks a page and sets the next state.
    fn accept(&mut self, fetched: Result<Page<T>>) -> Result<Page<T>> {
        let checked = fetched.and_then(|page| self.check(page));
        match &checked {
            Ok(page) if page.has_next => {
                self.next.number += 1;
                self.state = State::Idle;
            }
            Ok(_) => self.state = State::Done,
            Err(_) => self.state = State::Failed,
        }
        checked
    }

    /// Rejects a repeated page and too many empty pages, with which the list would never end.
    fn check(&mut self, page: Page<T>) -> Result<Page<T>> {
        self.total = page.total.or(self.total);
        if page.items.is_empty() {
            self.empty_count += 1;
            if self.empty_count > MAX_EMPTY_PAGES && page.has_next {
                let message = format!("more than {MAX_EMPTY_PAGES} consecutive empty pages");
                return Err(endless_list_error(message));
            }
            return Ok(page);
        }
        self.empty_count = 0;
        if !self.seen.insert(page.fingerprint) {
            return Err(endless_list_error(format!(
                "page {} repeats an earlier page",
                page.number
            )));
        }
        Ok(page)
    }
}

impl<T: 'static> Stream for Pages<T> {
    type Item = Result<Page<T>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// The page from which a list can be resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continuation(u32);

impl Continuation {
    /// Returns the page number, from 1.
    pub fn page_number(self) -> u32 {
        self.0
    }
}

fn endless_list_error(message: String) -> Error {
    Error::new(ErrorKind::Pagination, message).with_hint(
        "the server does not paginate as Atlas does: check the base URL (`ATLAS_BASE_URL`)",
    )
}
