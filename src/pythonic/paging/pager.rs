//! Lists that come in pages, as a stream of items or of pages.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::{Stream, future::BoxFuture};

use crate::error::{Error, ErrorKind, Result};
use crate::pythonic::paging::page::{Page, PageRequest};

/// How many items a pager asks for at a time, which is the most that Atlas gives.
const PAGE_SIZE: u16 = 500;

/// How many empty pages in a row are believed to have a successor.
const EMPTY_PAGES: u32 = 100;

/// What fetches one page.
type Fetch<T> = Arc<dyn Fn(PageRequest) -> BoxFuture<'static, Result<Page<T>>> + Send + Sync>;

/// A list that is fetched page by page as its items are asked for.
///
/// Does not send a request before the first item is polled. Default page size: 500. A pager is `Send`
/// but not `Sync`, because it holds a request in progress. It is a
/// [`Stream`]; [`next`](Self::next), [`try_next`](Self::try_next) and [`collect`](Self::collect)
/// need no extension trait. An error is given once and ends the list;
/// [`continuation`](Self::continuation) then tells where to go on.
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
/// // go on from where that ended, which is known to the page
/// let next = projects.continuation().expect("there are more pages");
/// println!("from page {}", next.page_number());
/// let mut others = atlas.projects().with_page_size(3).starting_at(next);
/// assert!(matches!(others.next().await, Some(Ok(_))));
///
/// let all = atlas.projects().collect().await?;
/// assert_eq!(Some(all.len() as u64), projects.total());
/// # Ok(()) }) }
/// ```
#[must_use = "a pager sends nothing until an item is asked for"]
pub struct Pager<T> {
    pages: Pages<T>,
    buffer: VecDeque<T>,
}

impl<T: 'static> Pager<T> {
    /// A list whose pages this function fetches.
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

    /// Asks for this many items a page, from 1 to 500; others are moved to the nearer end.
    pub fn with_page_size(mut self, items: u16) -> Self {
        self.pages.asked.size = items.clamp(1, PAGE_SIZE);
        self
    }

    /// Goes on where another pager of the same list and page size stopped.
    pub fn starting_at(mut self, continuation: Continuation) -> Self {
        self.pages.asked.number = continuation.0;
        self
    }

    /// Where a new pager has to start to see the page that this one would fetch next.
    ///
    /// After an error that is the page which failed. At the end of the list there is none.
    pub fn continuation(&self) -> Option<Continuation> {
        self.pages.continuation()
    }

    /// How many items the list has, once a page has said so.
    pub fn total(&self) -> Option<u64> {
        self.pages.total
    }

    /// The next item, an error, or nothing at the end.
    ///
    /// # Errors
    ///
    /// What the fetching of a page can end with, and a paging error for a list that goes in circles.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next item, or nothing at the end; made for `?`.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<T>> {
        self.next().await.transpose()
    }

    /// All items that are left.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next); the items before the error are dropped.
    pub async fn collect(mut self) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
        }
        Ok(items)
    }

    /// The same list page by page; items that were fetched but not taken are dropped.
    pub fn pages(self) -> Pages<T> {
        self.pages
    }

    /// The same list with every item changed.
    pub(crate) fn map<U, F>(self, change: F) -> Pager<U>
    where
        U: 'static,
        F: Fn(T) -> U + Clone + Send + Sync + 'static,
    {
        let (fetch, asked) = (self.pages.fetch, self.pages.asked);
        let mut changed = Pager::new(move |asked| {
            let (page, change) = (fetch(asked), change.clone());
            async move { Ok(page.await?.map(change)) }
        });
        changed.pages.asked = asked;
        changed
    }

    /// How many items are left: the fewest and, once the server has counted them, the most.
    ///
    /// The count is the server's of the last page; the list can change while it is read.
    pub(crate) fn items_left(&self) -> (usize, Option<usize>) {
        let buffered = self.buffer.len();
        let unread = match (&self.pages.state, self.pages.total) {
            (State::Failed | State::Done, _) => Some(0),
            (_, Some(total)) => {
                let asked = self.pages.asked;
                let read = u64::from(asked.number - 1) * u64::from(asked.size);
                usize::try_from(total.saturating_sub(read)).ok()
            }
            (_, None) => None,
        };
        (buffered, unread.map(|unread| buffered + unread))
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.buffer.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                // An empty page with a successor is not the end.
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

/// The pages of a list; made by [`Pager::pages`].
#[must_use = "pages are fetched only when they are asked for"]
pub struct Pages<T> {
    fetch: Fetch<T>,
    asked: PageRequest,
    state: State<T>,
    total: Option<u64>,
    empty_in_a_row: u32,
    /// What the pages so far held, so that a circle is noticed.
    seen: HashSet<u64>,
}

/// What a list is doing.
enum State<T> {
    /// Nothing; the next page has to be asked for.
    Idle,
    /// Waiting for a page.
    Fetching(BoxFuture<'static, Result<Page<T>>>),
    /// Nothing any more, after an error.
    Failed,
    /// Nothing any more, after the last page.
    Done,
}

impl<T: 'static> Pages<T> {
    fn new(fetch: Fetch<T>) -> Self {
        Self {
            fetch,
            asked: PageRequest {
                number: 1,
                size: PAGE_SIZE,
            },
            state: State::Idle,
            total: None,
            empty_in_a_row: 0,
            seen: HashSet::new(),
        }
    }

    /// Where a new pager has to start to see the page that this one would fetch next.
    pub fn continuation(&self) -> Option<Continuation> {
        (!matches!(self.state, State::Done)).then_some(Continuation(self.asked.number))
    }

    /// The next page, an error, or nothing at the end.
    ///
    /// # Errors
    ///
    /// As [`Pager::next`].
    pub async fn next(&mut self) -> Option<Result<Page<T>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The next page, or nothing at the end; made for `?`.
    ///
    /// # Errors
    ///
    /// As [`Pager::next`].
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>> {
        self.next().await.transpose()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>>>> {
        loop {
            match &mut self.state {
                State::Idle => self.state = State::Fetching((self.fetch)(self.asked)),
                State::Fetching(page) => {
                    let fetched = ready!(page.as_mut().poll(context));
                    return Poll::Ready(Some(self.accept(fetched)));
                }
                State::Failed | State::Done => return Poll::Ready(None),
            }
        }
    }

    /// Takes a page and decides whether the list goes on.
    fn accept(&mut self, fetched: Result<Page<T>>) -> Result<Page<T>> {
        let checked = fetched.and_then(|page| self.check(page));
        match &checked {
            Ok(page) if page.has_next => {
                self.asked.number += 1;
                self.state = State::Idle;
            }
            Ok(_) => self.state = State::Done,
            Err(_) => self.state = State::Failed,
        }
        checked
    }

    /// Refuses a page with which the list would never end.
    fn check(&mut self, page: Page<T>) -> Result<Page<T>> {
        self.total = page.total.or(self.total);
        if page.items.is_empty() {
            self.empty_in_a_row += 1;
            if self.empty_in_a_row > EMPTY_PAGES && page.has_next {
                let message = format!("{EMPTY_PAGES} empty pages in a row, and still a next one");
                return Err(endless(message));
            }
            return Ok(page);
        }
        self.empty_in_a_row = 0;
        if !self.seen.insert(page.fingerprint) {
            let message = format!("page {} holds what an earlier page held", page.number);
            return Err(endless(message));
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
            .field("next", &self.asked)
            .finish_non_exhaustive()
    }
}

/// Where a list can be taken up again: the number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continuation(u32);

impl Continuation {
    /// The number of the page, from 1.
    pub fn page_number(self) -> u32 {
        self.0
    }
}

fn endless(message: String) -> Error {
    Error::new(ErrorKind::Pagination, message)
        .with_hint("whatever answers does not page as Atlas does: check the base URL")
}
