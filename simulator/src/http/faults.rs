//! Faults: what a test makes the simulator do wrong.

pub(crate) mod delivery;
mod reading;
mod waiting;

use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;

pub(crate) use waiting::{Delivery, Faults, Interruption};

use waiting::Chance;

/// A misbehaviour to inject with [`Simulator::inject`](crate::Simulator::inject).
///
/// An answer and a dropped connection happen once, faults of pages happen every time; both can be
/// changed with [`times`](Self::times) and [`always`](Self::always). Without a path a fault is for
/// every request. Faults come before authentication unless
/// [`when_authorized`](Self::when_authorized) narrows them.
///
/// ```
/// use atlas_simulator::Fault;
///
/// let busy = Fault::answer(429, "application/json", r#"{"error":429,"errorCode":"RATE_LIMITED"}"#)
///     .with_header("Retry-After", "1")
///     .for_path("/api/atlas/v2/orgs")
///     .times(2);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    kind: Kind,
    path: String,
    method: Option<String>,
    only_authorized: bool,
    /// How often it still happens; none for always.
    left: Option<u32>,
    /// How likely it is each time; none for certain.
    chance: Option<Chance>,
}

#[derive(Clone, Debug)]
enum Kind {
    Answer(Answer),
    DropConnection,
    NextLinkHost(String),
    EmptyPage(u64),
    StaleNonces,
    ExpiredTokens,
    Delivery(Delivery),
}

/// An answer in place of the right one.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Fault {
    fn new(kind: Kind, left: Option<u32>) -> Self {
        Self {
            kind,
            path: String::new(),
            method: None,
            only_authorized: false,
            left,
            chance: None,
        }
    }

    /// Answers this instead.
    pub fn answer(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self::new(
            Kind::Answer(Answer {
                status,
                headers,
                body: body.into(),
            }),
            Some(1),
        )
    }

    /// Closes the connection without an answer.
    pub fn drop_connection() -> Self {
        Self::new(Kind::DropConnection, Some(1))
    }

    /// Points the links between pages to another host, such as `http://evil.example`.
    pub fn next_link_host(origin: impl Into<String>) -> Self {
        Self::new(Kind::NextLinkHost(origin.into()), None)
    }

    /// Puts an empty page at this number of every list long enough to have one there.
    ///
    /// The items that were on it follow on the next page, so nothing is lost to a client that
    /// goes on.
    pub fn empty_page(number: u64) -> Self {
        Self::new(Kind::EmptyPage(number), None)
    }

    /// Answers 429 with the words of the service, and a `Retry-After` of this many seconds.
    pub fn rate_limited(retry_after: u64) -> Self {
        let body = format!(
            r#"{{"detail":"Rate limit exceeded. Please retry after {retry_after} seconds.","error":429,"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":[],"reason":"Too Many Requests"}}"#
        );
        Self::answer(429, "application/json", body)
            .with_header("Retry-After", retry_after.to_string())
    }

    /// Answers this status with a page for people, as a proxy in front of the service does.
    pub fn html(status: u16) -> Self {
        let body =
            format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
        Self::answer(status, "text/html", body)
    }

    /// Answers right, but only after this long.
    pub fn latency(delay: Duration) -> Self {
        let delivery = Delivery {
            delay,
            ..Delivery::default()
        };
        Self::new(Kind::Delivery(delivery), Some(1))
    }

    /// Announces the whole body and breaks off after this many bytes of it.
    pub fn cut_body(after: usize) -> Self {
        let delivery = Delivery {
            cut_after: Some(after),
            ..Delivery::default()
        };
        Self::new(Kind::Delivery(delivery), Some(1))
    }

    /// Sends the right body in ten pieces with a pause before each.
    pub fn slow_body(pause: Duration) -> Self {
        let delivery = Delivery {
            pause: Some(pause),
            ..Delivery::default()
        };
        Self::new(Kind::Delivery(delivery), Some(1))
    }

    /// Makes every access token in circulation expire, now and once.
    pub fn expired_tokens() -> Self {
        Self::new(Kind::ExpiredTokens, Some(1))
    }

    /// Makes every nonce in circulation stale, now and once.
    pub fn stale_nonces() -> Self {
        Self::new(Kind::StaleNonces, Some(1))
    }

    /// Happens only to requests whose path starts with this.
    #[must_use]
    pub fn for_path(mut self, prefix: impl Into<String>) -> Self {
        self.path = prefix.into();
        self
    }

    /// Happens only to requests of this method.
    #[must_use]
    pub fn for_method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Happens only to requests that carry an `Authorization` header.
    #[must_use]
    pub fn when_authorized(mut self) -> Self {
        self.only_authorized = true;
        self
    }

    /// Happens this often.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// Happens every time.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Happens with this probability each time, the same way for the same seed.
    #[must_use]
    pub fn with_probability(mut self, probability: f64, seed: u64) -> Self {
        self.chance = Some(Chance {
            probability,
            state: seed,
        });
        self
    }

    /// Adds a header to an answer; other kinds have none.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Kind::Answer(answer) = &mut self.kind {
            answer.headers.push((name.into(), value.into()));
        }
        self
    }

    /// Whether it is about the nonces, which happens at once.
    pub(crate) fn is_stale_nonces(&self) -> bool {
        matches!(self.kind, Kind::StaleNonces)
    }

    /// Whether it is about the access tokens, which happens at once.
    pub(crate) fn is_expired_tokens(&self) -> bool {
        matches!(self.kind, Kind::ExpiredTokens)
    }

    /// Whether it happens this time, as far as chance goes.
    fn is_drawn(&mut self) -> bool {
        self.chance.as_mut().is_none_or(Chance::draw)
    }

    fn concerns(&self, parts: &Parts) -> bool {
        self.left != Some(0)
            && parts.uri.path().starts_with(&self.path)
            && self
                .method
                .as_deref()
                .is_none_or(|method| parts.method.as_str() == method)
            && (!self.only_authorized || parts.headers.contains_key(http::header::AUTHORIZATION))
    }

    fn happen(&mut self) {
        self.left = self.left.map(|left| left.saturating_sub(1));
    }
}
