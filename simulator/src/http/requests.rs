//! What the simulator was sent, kept for a test to look at.

use std::collections::VecDeque;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

/// Requests beyond this many push the oldest out.
const KEPT: usize = 10_000;

/// One request as it arrived. Credentials are not kept, only whether there were any.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method, in capitals.
    pub method: String,
    /// The path with its query, as sent.
    pub path_and_query: String,
    /// The status of the answer; none when the connection was dropped or is still waiting.
    pub status: Option<u16>,
    /// Whether an `Authorization` header was sent.
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
    /// The path without its query.
    pub fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn new(parts: &Parts) -> Self {
        Self {
            method: parts.method.to_string(),
            path_and_query: target(parts).to_owned(),
            status: None,
            has_authorization: parts.headers.contains_key(AUTHORIZATION),
            user_agent: text(&parts.headers, &USER_AGENT),
            accept: text(&parts.headers, &ACCEPT),
            content_type: text(&parts.headers, &CONTENT_TYPE),
            body: Bytes::new(),
        }
    }
}

/// The target of a request: its path and query.
pub(crate) fn target(parts: &Parts) -> &str {
    parts
        .uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str)
}

fn text(headers: &HeaderMap, name: &http::HeaderName) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The recorded requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    kept: VecDeque<RecordedRequest>,
    /// The number of the oldest one kept, counted from the start.
    first: u64,
}

impl Requests {
    /// Records an arrival; the number names it later.
    pub(crate) fn arrive(&mut self, parts: &Parts) -> u64 {
        if self.kept.len() >= KEPT {
            self.kept.pop_front();
            self.first += 1;
        }
        self.kept.push_back(RecordedRequest::new(parts));
        self.first + self.kept.len() as u64 - 1
    }

    /// The recorded request of that number, unless it was cleared meanwhile.
    pub(crate) fn find(&mut self, number: u64) -> Option<&mut RecordedRequest> {
        let index = number.checked_sub(self.first)?;
        self.kept.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.kept.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.kept.len() as u64;
        self.kept.clear();
    }
}

/// Returns the value of a header that is text.
pub(crate) fn header_text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
