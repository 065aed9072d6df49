//! Attributes connection errors to the proxy.

use super::{Error, ErrorKind, codes, sources};

/// A part of the message of reqwest if the proxy requires credentials.
const PROXY_AUTHENTICATION_MESSAGE: &str = "proxy authorization required";
/// The messages of reqwest if the proxy does not open a tunnel.
const REJECTION_MESSAGES: [&str; 3] = [
    "tunnel error: unsuccessful",
    "tunnel error: unexpected end of file",
    "tunnel error: proxy response headers too long",
];

impl Error {
    /// Names the proxy in an error that it caused. `proxy` is its address without credentials.
    pub(crate) fn with_proxy(self, proxy: Option<&str>) -> Self {
        match proxy {
            _ if self.requires_proxy_authentication() => {
                // the proxy may be one of the operating system or in front of the base URL
                let name = proxy.map_or_else(
                    || "a proxy".to_owned(),
                    |proxy| format!("the proxy {proxy}"),
                );
                self.replace_message(
                    ErrorKind::Configuration,
                    format!("{name} requires authentication"),
                    codes::status_hint(407),
                )
            }
            Some(proxy) if self.0.unsent => self.connect_error_of_proxy(proxy),
            _ => self,
        }
    }

    fn connect_error_of_proxy(self, proxy: &str) -> Self {
        let is_rejected = self
            .source_messages()
            .any(|message| REJECTION_MESSAGES.contains(&message.as_str()));
        let (kind, message) = match self.0.kind {
            ErrorKind::Connection if is_rejected => (
                ErrorKind::Connection,
                format!("the proxy {proxy} rejected the connection"),
            ),
            ErrorKind::Connection => (
                ErrorKind::Connection,
                format!("cannot reach the proxy {proxy}"),
            ),
            ErrorKind::Timeout => (
                ErrorKind::Timeout,
                format!("the proxy {proxy} did not connect in time"),
            ),
            _ => return self,
        };
        let hint = "check the address of the proxy and its rules, or add the host to `NO_PROXY`";
        self.replace_message(kind, message, Some(hint))
    }

    fn requires_proxy_authentication(&self) -> bool {
        self.status() == Some(407)
            || self
                .source_messages()
                .any(|message| message.contains(PROXY_AUTHENTICATION_MESSAGE))
    }

    fn source_messages(&self) -> impl Iterator<Item = String> {
        sources(self).map(ToString::to_string)
    }

    /// Replaces kind, message and hint of an error whose request did not reach Atlas.
    fn replace_message(
        mut self,
        kind: ErrorKind,
        message: String,
        hint: Option<&'static str>,
    ) -> Self {
        self.0.kind = kind;
        self.0.message = message;
        self.0.detail = None;
        self.0.hint_template = None;
        self.0.hint = hint.map(Into::into);
        self.with_nothing_sent()
    }
}
