//! A paginated list as a stream of items.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::error::Result;
use crate::pythonic::paging::{
    page::{Page, PageRequest},
    pages::{Continuation, Fetch, PAGE_SIZE, Pages},
};

/// A paginated list, which fetches its pages as items are read.
///
/// Does not send a request before the first item is polled. Default page size: 500. A pager is `Send`
/// but not `Sync`, because it contains a request in progress. It is a
/// [`Stream`]; [`next`](Self::next), [`try_next`](Self::try_next) and [`collect`](Self::collect)
/// need no extension trait. An error is returned once and ends the list;
/// [`continuation`](Self::continuation) is then the page to resume from.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let mut projects = atlas.projects().with_page_size(3);
/// while let Some(project) = projects.try_next().await? {
///     println!("{} of {:?}", project.name(), projects.total());
///     if project.name() == "Storefront" {
///         break;
///     }
/// }
///
/// // resume from the next page
/// let next = projects.continuation().expect("another page");
/// let mut remaining = atlas.projects().with_page_size(3).starting_at(next);
/// assert!(matches!(remaining.next().await, Some(Ok(_))));
/// # Ok(()) }) }
/// ```
#[must_use = "pagers are lazy and send no request until an item is read"]
pub struct Pager<T> {
    pages: Pages<T>,
    buffer: VecDeque<T>,
}

impl<T: 'static> Pager<T> {
    /// Creates a pager that fetches its pages with `fetch`.
    pub(crate) fn new<F, Fut>(fetch: F) -> Self
    where
        F: Fn(PageRequest) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Page<T>>> + Send + 'static,
    {
        let fetch: Fetch<T> = Arc::new(move |page| Box::pin(fetch(page)));
        Self {
            pages: Pages::new(fetch),
            buffer: VecDeque::new(),
        }
    }

    /// Sets the number of items per page, from 1 to 500; other values are clamped.
    pub fn with_page_size(mut self, items: u16) -> Self {
        self.pages.next.size = items.clamp(1, PAGE_SIZE);
        self
    }

    /// Resumes where another pager over the same list with the same page size stopped.
    pub fn starting_at(mut self, continuation: Continuation) -> Self {
        self.pages.next.number = continuation.page_number();
        self
    }

    /// Returns the next page to fetch, or `None` at the end of the list.
    ///
    /// After an error it is the page that failed.
    pub fn continuation(&self) -> Option<Continuation> {
        self.pages.continuation()
    }

    /// Returns the number of items in the list; `None` until a page contains it.
    pub fn total(&self) -> Option<u64> {
        self.pages.total
    }

    /// Returns the next item, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error), and [`Pagination`](crate::ErrorKind::Pagination)
    /// if a page repeats or empty pages never end.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Returns the next item, or `None` at the end, for use with `?`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        self.next().await.transpose()
    }

    /// Returns all remaining items.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`next`](Self::next), and drops the items before the error.
    pub async fn collect(mut self) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
        }
        Ok(items)
    }

    /// Returns the same list page by page. Drops the items that were fetched but not read.
    pub fn pages(self) -> Pages<T> {
        self.pages
    }

    /// Converts each item with `convert`.
    pub(crate) fn map<U, F>(self, convert: F) -> Pager<U>
    where
        U: 'static,
        F: Fn(T) -> U + Clone + Send + Sync + 'static,
    {
        let Pages { fetch, next, .. } = self.pages;
        let mut converted = Pager::new(move |request| {
            let (page, convert) = (fetch(request), convert.clone());
            async move { Ok(page.await?.map(convert)) }
        });
        converted.pages.next = next;
        converted
    }

    /// Returns the number of remaining items: a lower bound, and an upper bound if a page contained the total.
    ///
    /// The total is that of the last page; the list can change while it is read.
    pub(crate) fn items_left(&self) -> (usize, Option<usize>) {
        let buffered = self.buffer.len();
        let unread = self.pages.unread_items();
        (buffered, unread.map(|unread| buffered + unread))
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.buffer.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                // an empty page can have a next page
                Some(Ok(page)) => self.buffer.extend(page.into_items()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Unpin + 'static> Stream for Pager<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items_left()
    }
}

impl<T> fmt::Debug for Pager<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("pages", &self.pages)
            .field("buffered", &self.buffer.len())
            .finish()
    }
}
