//! Constructors of [`Error`].

use std::borrow::Cow;
use std::error::Error as StdError;

use super::{Condition, Error, ErrorKind, Inner, Sender, one_line};

impl Error {
    /// Creates an error. The message is a lower-case phrase without a full stop.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: one_line(&message.into()),
            status: None,
            error_code: None,
            detail: None,
            parameters: Vec::new(),
            fields: Vec::new(),
            roles: &[],
            host: None,
            method: None,
            path: None,
            hint: None,
            hint_template: None,
            retry_after: None,
            sender: Sender::default(),
            unsent: false,
            repeated: false,
            condition: None,
            source: None,
        }))
    }

    /// Sets the hint.
    pub(crate) fn with_hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.0.hint_template = None;
        self.0.hint = Some(match hint.into() {
            Cow::Owned(text) => one_line(&text).into(),
            literal @ Cow::Borrowed(_) => literal,
        });
        self
    }

    /// Sets the source.
    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Sets the request; the path has no query.
    pub(crate) fn with_request(mut self, method: &str, path: &str) -> Self {
        self.0.method = Some(one_line(method));
        self.0.path = Some(one_line(path));
        self
    }

    /// Sets the request unless the error has one.
    pub(crate) fn with_request_if_none(self, method: &str, path: &str) -> Self {
        if self.0.path.is_some() {
            self
        } else {
            self.with_request(method, path)
        }
    }

    /// Sets the request, if known.
    pub(crate) fn with_request_line(self, request: Option<(&str, &str)>) -> Self {
        match request {
            Some((method, path)) => self.with_request(method, path),
            None => self,
        }
    }

    /// Marks the request as not sent.
    pub(crate) fn with_nothing_sent(mut self) -> Self {
        self.0.unsent = true;
        self
    }

    /// Marks the error as missing credentials.
    pub(crate) fn with_missing_credentials(mut self) -> Self {
        self.0.condition = Some(Condition::MissingCredentials);
        self
    }

    /// Marks the error as a search without any visible project.
    #[cfg(feature = "core")]
    pub(crate) fn with_nothing_visible(mut self) -> Self {
        self.0.condition = Some(Condition::NothingVisible);
        self
    }

    /// Sets the flag that Atlas may have executed an earlier attempt of the call.
    pub(crate) fn with_repeated(mut self, repeated: bool) -> Self {
        self.0.repeated = repeated;
        self
    }

    /// Returns `true` if Atlas may have executed an earlier attempt of the call.
    pub(crate) fn is_repeated(&self) -> bool {
        self.0.repeated
    }

    /// Appends to the message.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.message.push_str(note);
        self
    }

    /// Appends to the hint.
    pub(crate) fn with_hint_note(self, note: &str) -> Self {
        let hint = format!("{}{note}", self.hint().unwrap_or_default());
        self.with_hint(hint)
    }

    /// Appends the requested version and the version of the response, if they differ.
    pub(crate) fn with_versions(self, versions: Option<(&str, &str)>) -> Self {
        match versions {
            Some((requested, used)) => self.with_note(&format!(
                " (requested version {requested}, response in version {used})"
            )),
            None => self,
        }
    }

    /// Sets the HTTP status.
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }
}
