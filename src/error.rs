//! The error of the crate.
//!
//! [`Error`] is opaque. `error/response.rs` creates it from a response, `error/connection.rs` from a
//! failed connection and `error/token.rs` from a response of the token endpoint. `error/codes.rs` maps
//! the error codes of Atlas to kinds and hints, and `error/details.rs` has further accessors.

mod builder;
pub(crate) mod codes;
mod connection;
mod details;
mod hint;
mod predicates;
mod proxy;
mod response;
mod text;
mod token;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

pub(crate) use connection::sources;
pub use details::FieldError;
pub(crate) use response::{ERROR_CODE, error_document_status};
pub(crate) use text::{one_line, summarize};

/// A result whose error defaults to [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of an [`Error`], by what a caller can do about it.
///
/// Atlas sends the same condition with different HTTP statuses at different times, so the kind
/// follows the error code of Atlas, and the status only for unknown codes. A release can give a code
/// a more precise kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is misconfigured: missing or malformed credentials, an invalid base URL.
    Configuration,
    /// An argument cannot be sent, such as a malformed id.
    InvalidInput,
    /// Atlas rejects the credentials.
    Unauthorized,
    /// The credentials lack a permission: a role, or an address on the access list.
    Forbidden,
    /// The resource does not exist, or the credentials cannot see it.
    NotFound,
    /// The state of the resource does not allow the request, or the name is taken.
    Conflict,
    /// Too many requests; [`Error::retry_after`] returns the time to wait, if Atlas sent it.
    RateLimited,
    /// Atlas rejected the request for another reason.
    BadRequest,
    /// Atlas failed or is unavailable.
    Server,
    /// The host is unreachable, or the connection broke.
    Connection,
    /// The TLS handshake failed, or this machine has no root certificates.
    Tls,
    /// No response arrived in time.
    Timeout,
    /// The response is not from Atlas: HTML, an empty body, malformed JSON.
    InvalidResponse,
    /// A list cannot be read to its end: a page repeats, or a link names another host.
    Pagination,
    /// A blocking call was made inside an async runtime.
    BlockingInAsync,
    /// The caller cancelled the operation.
    Cancelled,
}

/// The error of every fallible function in this crate.
///
/// [`Display`](fmt::Display) prints one line, such as `GET /api/atlas/v2/groups/…/clusters/demo:
/// 404 CLUSTER_NOT_FOUND: No cluster named demo exists in group …`. [`hint`](Self::hint) returns the
/// fix, and [`source`](StdError::source) the cause.
///
/// # Request errors
///
/// Any request can return these errors. Functions list only their own under `# Errors`.
///
/// | kind | cause | executed by Atlas |
/// |---|---|---|
/// | [`InvalidInput`](ErrorKind::InvalidInput) | a malformed argument | no |
/// | [`Unauthorized`](ErrorKind::Unauthorized) | rejected credentials | no |
/// | [`Forbidden`](ErrorKind::Forbidden) | a missing role, or an address not on the access list | no |
/// | [`NotFound`](ErrorKind::NotFound) | a missing or invisible resource | no |
/// | [`RateLimited`](ErrorKind::RateLimited) | too many requests, after all retries | no |
/// | [`BadRequest`](ErrorKind::BadRequest) | a request that Atlas rejects | no |
/// | [`Server`](ErrorKind::Server) | a failure of Atlas, after all retries | unknown |
/// | [`Connection`](ErrorKind::Connection) | an unreachable host, or a broken connection | unknown |
/// | [`Tls`](ErrorKind::Tls) | an untrusted certificate | no |
/// | [`Timeout`](ErrorKind::Timeout) | no response in time | unknown |
/// | [`InvalidResponse`](ErrorKind::InvalidResponse) | a response that is not from Atlas | unknown |
///
/// Lists can also return [`Pagination`](ErrorKind::Pagination), and blocking functions
/// [`BlockingInAsync`](ErrorKind::BlockingInAsync). [`is_retryable`](Self::is_retryable) returns `true`
/// if the same request can be retried.
///
/// # Examples
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use mongodbatlas::{ApiKey, Error, ErrorKind};
///
/// let error = ApiKey::new("zmmrboas", "").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Configuration);
/// assert_eq!(error.to_string(), "the private key is empty");
/// assert!(error.hint().is_some());
///
/// /// Returns what the user can do.
/// fn advice(error: &Error) -> &'static str {
///     if error.is_retryable() || error.is_rate_limited() {
///         println!("after {:?}", error.retry_after());
///         "retry later"
///     } else if error.is_connection() || error.is_timeout() || error.is_server_error() {
///         "check whether the change was made, then retry"
///     } else if error.is_tls() || error.is_invalid_response() || error.is_pagination() {
///         "check the base URL and the proxy"
///     } else if error.is_unauthorized() || error.is_forbidden() {
///         "check the key, its roles and its access list"
///     } else if error.is_not_found() || error.is_conflict() || error.is_bad_request() {
///         "change the request"
///     } else if error.is_blocking_in_async() || error.is_cancelled() {
///         "fix the program"
///     } else {
///         "correct the configuration or the argument"
///     }
/// }
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let error = project.cluster("nowhere").get().await.unwrap_err();
/// assert_eq!((error.status(), error.error_code()), (Some(404), Some("CLUSTER_NOT_FOUND")));
/// assert_eq!(advice(&error), "change the request");
/// # Ok(()) }) }
/// ```
pub struct Error(Box<Inner>);

/// The sender of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sender {
    /// Atlas, or no response.
    #[default]
    Atlas,
    /// Another server, such as a proxy.
    Other,
}

/// A condition that is more specific than the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    /// No source has credentials.
    MissingCredentials,
    /// A search found nothing because the credentials see no project.
    NothingVisible,
}

struct Inner {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    error_code: Option<String>,
    detail: Option<String>,
    parameters: Vec<Value>,
    /// The fields of `badRequestDetail`.
    fields: Vec<FieldError>,
    /// The roles of the operation, any one of which is required.
    roles: &'static [&'static str],
    /// The host of the base URL.
    host: Option<String>,
    method: Option<String>,
    path: Option<String>,
    hint: Option<Cow<'static, str>>,
    /// The template of the hint, if it has placeholders.
    hint_template: Option<&'static str>,
    retry_after: Option<Duration>,
    sender: Sender,
    /// `true` if no request was sent.
    unsent: bool,
    /// `true` if Atlas may have executed an earlier attempt of the call.
    repeated: bool,
    condition: Option<Condition>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Returns the kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status, if a response arrived.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the error code of Atlas, such as `CLUSTER_NOT_FOUND`.
    pub fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    /// Returns the message of the server.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Returns the values in the message of Atlas, in the order of the message.
    pub fn parameters(&self) -> &[Value] {
        &self.0.parameters
    }

    /// Returns the HTTP method of the request, such as `GET`.
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// Returns the path of the request, without the query.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// Returns the fix for the error, if known.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Returns the time to wait before the next attempt, if Atlas sent it.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match (&inner.method, &inner.path) {
            (Some(method), Some(path)) => write!(f, "{method} {path}: ")?,
            (None, Some(path)) => write!(f, "{path}: ")?,
            _ => {}
        }
        if let Some(status) = inner.status {
            write!(f, "{status}")?;
            if let Some(code) = &inner.error_code {
                write!(f, " {code}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&inner.message)?;
        self.fmt_details(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        let mut debug = f.debug_struct("Error");
        debug
            .field("kind", &inner.kind)
            .field("message", &format_args!("{self}"));
        if let Some(hint) = &inner.hint {
            debug.field("hint", hint);
        }
        if let Some(retry_after) = &inner.retry_after {
            debug.field("retry_after", retry_after);
        }
        if !inner.parameters.is_empty() {
            debug.field("parameters", &inner.parameters);
        }
        if let Some(source) = &inner.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
