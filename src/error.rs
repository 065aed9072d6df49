//! One error for everything that can go wrong.
//!
//! [`Error`] is opaque: its [`kind`](Error::kind) says what a caller can do about it, the accessors
//! say where it happened and in which words Atlas put it. What makes one out of an answer is in
//! `error/answer.rs`, out of a failed connection in `error/connection.rs`; what Atlas's codes mean
//! and how each is cured is the table in `error/codes.rs`.

mod answer;
mod codes;
mod connection;
mod predicates;
mod text;
mod token;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

pub(crate) use predicates::NO_CREDENTIALS;
pub(crate) use text::{one_line, summary};

/// A result whose error is [`Error`] unless told otherwise.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in terms of what a caller can do about it.
///
/// Atlas serves the same condition with different HTTP statuses at different times, so the kind
/// follows Atlas's error code first and the status only where the code says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is set up wrongly: missing or malformed keys, a base URL that is not one.
    Configuration,
    /// A value handed to a call cannot be sent, such as a malformed identifier.
    InvalidInput,
    /// Atlas does not accept the keys.
    Unauthorized,
    /// The keys are good but may not do this: a missing role, an address not on the access list.
    Forbidden,
    /// There is no such thing, or none that these keys can see.
    NotFound,
    /// The thing is in a state that does not allow this, or the name is taken.
    Conflict,
    /// Too many requests; [`Error::retry_after`] says how long to wait, where Atlas said it.
    RateLimited,
    /// Atlas refused the request for another reason.
    Rejected,
    /// Atlas failed, or is not available at the moment.
    Server,
    /// The host could not be reached, or the connection broke.
    Connection,
    /// No trustworthy encrypted connection could be made.
    Tls,
    /// Nothing came back in time.
    Timeout,
    /// Something came back that is not an answer of Atlas: HTML, nothing, undecodable JSON.
    Answer,
    /// A list cannot be followed to its end: a page repeats, or its link leads elsewhere.
    Paging,
    /// A blocking call was made where blocking is not possible.
    Runtime,
    /// Whoever asked for it called it off.
    Cancelled,
}

/// What went wrong, with everything that is known about it.
///
/// [`Display`](fmt::Display) prints one line, such as `GET /api/atlas/v2/groups/…/clusters/demo:
/// 404 CLUSTER_NOT_FOUND: No cluster named demo exists in group …`; [`hint`](Self::hint) says how
/// to cure it and [`source`](StdError::source) what caused it.
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
/// /// What a program can do about it.
/// fn advice(error: &Error) -> &'static str {
///     if error.is_retryable() || error.is_rate_limited() {
///         println!("after {:?}", error.retry_after());
///         "try again"
///     } else if error.is_connection() || error.is_timeout() || error.is_server_error() {
///         "look whether it was done, then try again"
///     } else if error.is_tls() || error.is_answer() || error.is_paging() {
///         "check the base URL and what is between here and Atlas"
///     } else if error.is_unauthorized() || error.is_forbidden() {
///         "check the key, its roles and its access list"
///     } else if error.is_not_found() || error.is_conflict() || error.is_rejected() {
///         "look at what is there and change the request"
///     } else if error.is_runtime() || error.is_cancelled() {
///         "mend the program"
///     } else {
///         "correct what the message names"
///     }
/// }
///
/// let project = atlas.find_project("Storefront").await?.handle();
/// let error = project.cluster("nowhere").get().await.unwrap_err();
/// assert_eq!((error.status(), error.error_code()), (Some(404), Some("CLUSTER_NOT_FOUND")));
/// assert_eq!(advice(&error), "look at what is there and change the request");
/// # Ok(()) }) }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    error_code: Option<String>,
    detail: Option<String>,
    parameters: Vec<Value>,
    method: Option<String>,
    path: Option<String>,
    hint: Option<Cow<'static, str>>,
    retry_after: Option<Duration>,
    /// Whether it is certain that no request went out.
    unsent: bool,
    /// Whether an earlier try of the same call may have been carried out.
    repeated: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// What can be done about it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, where an answer came back.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Atlas's code for the condition, such as `CLUSTER_NOT_FOUND`.
    pub fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    /// What the server said, in its own words.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The values that Atlas's detail speaks of, in Atlas's order.
    pub fn parameters(&self) -> &[Value] {
        &self.0.parameters
    }

    /// The HTTP method of the request, such as `GET`.
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// The path of the request, without its query.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// How to cure it, where a cure is known.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// How long Atlas asks to wait before the next try.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

/// How the crate makes one.
impl Error {
    /// An error of this kind; the message is a lower-case phrase without a full stop.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: one_line(&message.into()),
            status: None,
            error_code: None,
            detail: None,
            parameters: Vec::new(),
            method: None,
            path: None,
            hint: None,
            retry_after: None,
            unsent: false,
            repeated: false,
            source: None,
        }))
    }

    /// Says how to cure it.
    pub(crate) fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint = Some(match hint.into() {
            Cow::Owned(text) => one_line(&text).into(),
            literal @ Cow::Borrowed(_) => literal,
        });
        self
    }

    /// Keeps what caused it.
    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Names the request; the path is without its query.
    pub(crate) fn with_request(mut self, method: &str, path: &str) -> Self {
        self.0.method = Some(one_line(method));
        self.0.path = Some(one_line(path));
        self
    }

    /// Names the request unless the error is about another one.
    pub(crate) fn with_request_if_none(self, method: &str, path: &str) -> Self {
        if self.0.path.is_some() {
            self
        } else {
            self.with_request(method, path)
        }
    }

    /// Names the request where it is known.
    pub(crate) fn with_request_line(self, request: Option<(&str, &str)>) -> Self {
        match request {
            Some((method, path)) => self.with_request(method, path),
            None => self,
        }
    }

    /// Says that no request went out.
    pub(crate) fn with_nothing_sent(mut self) -> Self {
        self.0.unsent = true;
        self
    }

    /// Says that an earlier try of the same call may have been carried out.
    pub(crate) fn with_repeated(mut self, repeated: bool) -> Self {
        self.0.repeated = repeated;
        self
    }

    /// Whether an earlier try of the same call may have been carried out.
    pub(crate) fn is_repeated(&self) -> bool {
        self.0.repeated
    }

    /// Adds something to the message.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.message.push_str(note);
        self
    }

    /// Adds what an answer in another version than the one asked for has to do with it.
    pub(crate) fn with_versions(self, versions: Option<(&str, &str)>) -> Self {
        match versions {
            Some((requested, used)) => self.with_note(&format!(
                " (requested version {requested}, response in version {used})"
            )),
            None => self,
        }
    }

    /// Says with which HTTP status it came.
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
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
        f.write_str(&inner.message)
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
