//! Injected faults.

pub(crate) mod delivery;
mod json;
mod pending;

use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;

pub(crate) use pending::{Delivery, Faults, Interruption};

use pending::Chance;

/// A fault to inject with [`Simulator::inject`](crate::Simulator::inject).
///
/// By default, responses, dropped connections and delayed bodies occur once, and page faults occur
/// in every request; [`times`](Self::times) and [`always`](Self::always) change that. A fault
/// without a path applies to every request. It occurs before authentication unless
/// [`when_authorized`](Self::when_authorized) is set.
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
    /// The number of remaining occurrences; `None` is unlimited.
    remaining: Option<u32>,
    /// The probability of each occurrence; `None` is 1.
    chance: Option<Chance>,
}

#[derive(Clone, Debug)]
enum Kind {
    Response(InjectedResponse),
    DropConnection,
    NextLinkHost(String),
    EmptyPage(u64),
    StaleNonces,
    ExpiredTokens,
    Delivery(Delivery),
}

/// A response that replaces the regular one.
#[derive(Clone, Debug)]
pub(crate) struct InjectedResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Fault {
    fn new(kind: Kind, remaining: Option<u32>) -> Self {
        Self {
            kind,
            path: String::new(),
            method: None,
            only_authorized: false,
            remaining,
            chance: None,
        }
    }

    /// Replaces the response.
    pub fn answer(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self::new(
            Kind::Response(InjectedResponse {
                status,
                headers,
                body: body.into(),
            }),
            Some(1),
        )
    }

    /// Closes the connection without a response.
    pub fn drop_connection() -> Self {
        Self::new(Kind::DropConnection, Some(1))
    }

    /// Points the links between pages to another host, such as `http://evil.example`.
    pub fn next_link_host(origin: impl Into<String>) -> Self {
        Self::new(Kind::NextLinkHost(origin.into()), None)
    }

    /// Inserts an empty page with this number into every list that has that many pages.
    ///
    /// The items of that page move to the next page, so a client that continues gets every item.
    pub fn empty_page(number: u64) -> Self {
        Self::new(Kind::EmptyPage(number), None)
    }

    /// Returns 429 with Atlas's body and a `Retry-After` of this many seconds.
    pub fn rate_limited(retry_after: u64) -> Self {
        let body = format!(
            r#"{{"detail":"Rate limit exceeded. Please retry after {retry_after} seconds.","error":429,"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":[],"reason":"Too Many Requests"}}"#
        );
        Self::answer(429, "application/json", body)
            .with_header("Retry-After", retry_after.to_string())
    }

    /// Returns this status and an HTML page, as a proxy in front of Atlas does.
    pub fn html(status: u16) -> Self {
        let body =
            format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
        Self::answer(status, "text/html", body)
    }

    /// Delays the response.
    pub fn latency(delay: Duration) -> Self {
        let delivery = Delivery {
            delay,
            ..Delivery::default()
        };
        Self::new(Kind::Delivery(delivery), Some(1))
    }

    /// Sends the `Content-Length` of the whole body, but closes the connection after this many bytes.
    pub fn cut_body(after: usize) -> Self {
        let delivery = Delivery {
            cut_after: Some(after),
            ..Delivery::default()
        };
        Self::new(Kind::Delivery(delivery), Some(1))
    }

    /// Sends the body in ten pieces with a pause before each.
    pub fn slow_body(pause: Duration) -> Self {
        let delivery = Delivery {
            pause: Some(pause),
            ..Delivery::default()
        };
        Self::new(Kind::Delivery(delivery), Some(1))
    }

    /// Expires every issued access token, immediately and once.
    pub fn expired_tokens() -> Self {
        Self::new(Kind::ExpiredTokens, Some(1))
    }

    /// Expires every issued nonce, immediately and once.
    pub fn stale_nonces() -> Self {
        Self::new(Kind::StaleNonces, Some(1))
    }

    /// Limits the fault to requests whose path starts with this prefix.
    #[must_use]
    pub fn for_path(mut self, prefix: impl Into<String>) -> Self {
        self.path = prefix.into();
        self
    }

    /// Limits the fault to requests of this method.
    #[must_use]
    pub fn for_method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Limits the fault to requests with an `Authorization` header.
    #[must_use]
    pub fn when_authorized(mut self) -> Self {
        self.only_authorized = true;
        self
    }

    /// Sets the number of occurrences.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.remaining = Some(times);
        self
    }

    /// Makes the fault occur in every matching request.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.remaining = None;
        self
    }

    /// Makes the fault occur with this probability, reproducibly for the same seed.
    #[must_use]
    pub fn with_probability(mut self, probability: f64, seed: u64) -> Self {
        self.chance = Some(Chance {
            probability,
            state: seed,
        });
        self
    }

    /// Adds a header to an injected response. Has no effect on other faults.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Kind::Response(response) = &mut self.kind {
            response.headers.push((name.into(), value.into()));
        }
        self
    }

    /// Returns `true` if the fault expires nonces.
    pub(crate) fn is_stale_nonces(&self) -> bool {
        matches!(self.kind, Kind::StaleNonces)
    }

    /// Returns `true` if the fault expires access tokens.
    pub(crate) fn is_expired_tokens(&self) -> bool {
        matches!(self.kind, Kind::ExpiredTokens)
    }

    /// Draws from the probability; returns `true` if the fault occurs.
    fn draw(&mut self) -> bool {
        self.chance.as_mut().is_none_or(Chance::draw)
    }

    fn matches(&self, parts: &Parts) -> bool {
        self.remaining != Some(0)
            && parts.uri.path().starts_with(&self.path)
            && self
                .method
                .as_deref()
                .is_none_or(|method| parts.method.as_str() == method)
            && (!self.only_authorized || parts.headers.contains_key(http::header::AUTHORIZATION))
    }

    fn count_occurrence(&mut self) {
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(1));
    }
}
