//! The API base URL.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

use crate::error::{Error, ErrorKind, Result};
use crate::redacted::REDACTED;

/// The environment variable that overrides [`BaseUrl::DEFAULT`].
const VARIABLE: &str = "ATLAS_BASE_URL";

/// The base URL of the API: a scheme, a host and a port.
///
/// Credentials require an encrypted connection, so the scheme is `https`. Plain `http` is accepted for
/// loopback addresses, for simulators and tests.
///
/// ```
/// use mongodbatlas::BaseUrl;
///
/// assert_eq!(BaseUrl::default().as_str(), "https://cloud.mongodb.com");
/// let local: BaseUrl = "http://localhost:8080/".parse()?;
/// assert_eq!(local.as_str(), "http://localhost:8080");
/// assert!(BaseUrl::parse("http://cloud.mongodb.com").is_err());
///
/// let internal = BaseUrl::parse_unencrypted("http://atlas.example.com")?;
/// assert!(internal.is_same_origin(&"http://atlas.example.com/api/atlas/v2".parse().expect("a URL")));
/// assert!(!internal.is_same_origin(&"http://example.com/api/atlas/v2".parse().expect("a URL")));
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    /// The URL without a trailing slash.
    text: String,
    scheme: String,
    host: Host,
    port: u16,
}

impl BaseUrl {
    /// The default base URL.
    pub const DEFAULT: &str = "https://cloud.mongodb.com";

    /// Parses a base URL, with or without a trailing slash.
    ///
    /// # Errors
    ///
    /// Returns a configuration error for a scheme other than `https` (or `http` to a loopback
    /// address), and for a user, a password, a path, a query or a fragment.
    pub fn parse(text: &str) -> Result<Self> {
        Self::read(text, false)
    }

    /// Parses a base URL, and accepts the scheme `http` for any host.
    ///
    /// Requests and responses are then sent unencrypted, and anyone on the network can read and
    /// change them. HTTP digest does not reveal the private key, but a token is readable.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`parse`](Self::parse).
    pub fn parse_unencrypted(text: &str) -> Result<Self> {
        Self::read(text, true)
    }

    fn read(text: &str, allow_http: bool) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Err(invalid("the base URL is empty"));
        }
        let url = Url::parse(text).map_err(|source| {
            invalid(&format!("the base URL {} is not a URL", quoted(text))).with_source(source)
        })?;
        if let Some(reason) = find_problem(&url, allow_http) {
            return Err(invalid(&format!("the base URL {} {reason}", quoted(text))));
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(invalid(&format!(
                "the base URL {} has no host",
                quoted(text)
            )));
        };
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            scheme: url.scheme().to_owned(),
            host: host.to_owned(),
            port,
        })
    }

    /// Returns the base URL in the environment, if it is set.
    pub(crate) fn from_environment(
        read: impl Fn(&str) -> Option<String>,
        parse: fn(&str) -> Result<Self>,
    ) -> Result<Option<Self>> {
        match read(VARIABLE) {
            None => Ok(None),
            Some(text) if text.trim().is_empty() => Ok(None),
            Some(text) => parse(&text).map(Some),
        }
    }

    /// Returns the URL without a trailing slash, such as `https://cloud.mongodb.com`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns `true` if a URL has the same scheme, host and port, and no user information.
    pub fn is_same_origin(&self, url: &Url) -> bool {
        self.scheme == url.scheme()
            && url.host().is_some_and(|host| host.to_owned() == self.host)
            && url.port_or_known_default() == Some(self.port)
            && url.username().is_empty()
            && url.password().is_none()
    }

    /// Returns the host.
    pub(crate) fn host(&self) -> &Host {
        &self.host
    }

    /// Returns `true` if requests are encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.scheme == "https"
    }

    /// Returns `true` for a loopback address, such as that of a simulator.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    /// As [`parse`](Self::parse).
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for BaseUrl {
    type Error = Error;

    /// As [`parse`](Self::parse).
    fn try_from(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl AsRef<str> for BaseUrl {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl From<BaseUrl> for String {
    fn from(base_url: BaseUrl) -> Self {
        base_url.text
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self {
            text: Self::DEFAULT.to_owned(),
            scheme: "https".to_owned(),
            host: Host::Domain("cloud.mongodb.com".to_owned()),
            port: 443,
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.text).finish()
    }
}

/// Returns the reason why a URL is invalid, as the end of the message.
fn find_problem(url: &Url, allow_http: bool) -> Option<&'static str> {
    match url.scheme() {
        "https" => {}
        "http" if allow_http || url.host().is_some_and(|host| is_loopback(&host)) => {}
        "http" => {
            return Some(
                "sends credentials unencrypted: `http` is allowed for loopback addresses only",
            );
        }
        _ => return Some("does not begin with `https://`"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("must not contain a user or a password");
    }
    if url.query().is_some() {
        return Some("must not have a query");
    }
    if url.fragment().is_some() {
        return Some("must not have a fragment");
    }
    (url.path() != "/").then_some("must not have a path")
}

/// Returns `true` for a loopback address.
fn is_loopback<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref() == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// Returns the text in backticks, or redacts it if it may contain a password.
fn quoted(text: &str) -> String {
    if text.contains('@') {
        REDACTED.to_owned()
    } else {
        format!("`{text}`")
    }
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::Configuration, message)
        .with_hint("use a scheme and a host only, such as `https://cloud.mongodb.com`")
}
