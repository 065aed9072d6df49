//! Recorded requests, for assertions in tests.

use std::collections::VecDeque;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

/// The maximum number of recorded requests; the oldest are evicted.
const CAPACITY: usize = 10_000;

/// A recorded request, without its credentials.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method, in upper case.
    pub method: String,
    /// The path and query.
    pub path_and_query: String,
    /// The status of the response; `None` if the connection was dropped or the response is pending.
    pub status: Option<u16>,
    /// `true` if the request has an `Authorization` header.
    pub has_authorization: bool,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The `Accept` header.
    pub accept: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// Returns the path without the query.
    pub fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or_default()
    }

    /// Returns the body as a string; invalid UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn new(parts: &Parts) -> Self {
        Self {
            method: parts.method.to_string(),
            path_and_query: target(parts).to_owned(),
            status: None,
            has_authorization: parts.headers.contains_key(AUTHORIZATION),
            user_agent: read_header(&parts.headers, &USER_AGENT),
            accept: read_header(&parts.headers, &ACCEPT),
            content_type: read_header(&parts.headers, &CONTENT_TYPE),
            body: Bytes::new(),
        }
    }
}

/// Returns the target of a request: its path and query.
pub(crate) fn target(parts: &Parts) -> &str {
    parts
        .uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str)
}

fn read_header(headers: &HeaderMap, name: &http::HeaderName) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The recorded requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    recorded: VecDeque<RecordedRequest>,
    /// The number of the oldest recorded request. The first request since the start has the number 0.
    first: u64,
}

impl Requests {
    /// Records a request and returns its number.
    pub(crate) fn record(&mut self, parts: &Parts) -> u64 {
        if self.recorded.len() >= CAPACITY {
            self.recorded.pop_front();
            self.first += 1;
        }
        self.recorded.push_back(RecordedRequest::new(parts));
        self.first + self.recorded.len() as u64 - 1
    }

    /// Returns the request with this number, or `None` if it was cleared.
    pub(crate) fn find(&mut self, number: u64) -> Option<&mut RecordedRequest> {
        let index = number.checked_sub(self.first)?;
        self.recorded.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.recorded.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.recorded.len() as u64;
        self.recorded.clear();
    }
}

/// Returns the value of a header, or `None` if it is missing or not ASCII.
pub(crate) fn header_text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
