//! Parses the address of a proxy: `[scheme://][user[:password]@]host[:port]`.
//!
//! The parser is stricter than the URL standard, which ends the host at the first `/`, `?`, `#` or
//! `\`: a password that contains one of them moves the host into the password.

use std::fmt;

use http::Uri;
use reqwest::Proxy;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::redacted::Redacted;

/// Characters that end the host in a URL, or separate it from the user information.
const URL_DELIMITERS: [char; 5] = ['#', '@', '?', '/', '\\'];

/// The address of a proxy, with its credentials.
#[derive(Clone)]
pub(in crate::transport) struct Address {
    /// Without user information.
    url: Url,
    login: Option<Login>,
}

/// User name and password, percent-encoded.
#[derive(Clone)]
struct Login {
    user: SecretString,
    password: SecretString,
}

/// The reason for which an address is rejected. It contains no part of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AddressError {
    /// A delimiter before the last `@`.
    Delimiter,
    /// White space or a control character.
    Space,
    /// A byte that is not UTF-8.
    Encoding,
    Scheme,
    Socks,
    EmptyHost,
    Host,
    Port,
    /// A query or a fragment after the host.
    Query,
}

impl Address {
    /// Parses an address; the scheme defaults to `http`.
    ///
    /// Ignores a path, as curl and reqwest do.
    pub(super) fn parse(text: &str) -> Result<Self, AddressError> {
        let address = text.trim();
        if address.contains(char::REPLACEMENT_CHARACTER) {
            return Err(AddressError::Encoding);
        }
        if address.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(AddressError::Space);
        }
        let (scheme, rest) = split_scheme(address)?;
        let (login, rest) = match rest.rsplit_once('@') {
            None => (None, rest),
            Some((login, _)) if login.contains(URL_DELIMITERS) => {
                return Err(AddressError::Delimiter);
            }
            Some((login, rest)) => (Login::parse(login), rest),
        };
        if rest.contains(['?', '#']) {
            return Err(AddressError::Query);
        }
        let authority = rest
            .split_once('/')
            .map_or(rest, |(authority, _)| authority);
        let url = build_url(scheme, authority)?;
        Ok(Self { url, login })
    }

    /// Returns this proxy for all requests.
    pub(super) fn to_reqwest(&self) -> reqwest::Result<Proxy> {
        let proxy = Proxy::all(self.url.clone())?;
        // reqwest writes both into a URL without encoding `%`, and decodes the URL once
        Ok(match &self.login {
            Some(Login { user, password }) => {
                proxy.basic_auth(user.expose_secret(), password.expose_secret())
            }
            None => proxy,
        })
    }

    /// Returns scheme, host and port.
    pub(super) fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

impl Login {
    /// Parses `user[:password]`; returns `None` if it is empty.
    fn parse(text: &str) -> Option<Self> {
        let (user, password) = text.split_once(':').unwrap_or((text, ""));
        (!text.is_empty()).then(|| Self {
            user: user.into(),
            password: password.into(),
        })
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("url", &self.url.as_str())
            .field("login", &self.login.as_ref().map(|_| Redacted))
            .finish()
    }
}

impl AddressError {
    /// Returns the beginning of the hint.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Delimiter | Self::Encoding | Self::Space | Self::Query => {
                "in its user name and password write `%` as `%25` first, then `#` as `%23`, `@` as \
                 `%40`, `:` as `%3A`, `?` as `%3F`, `/` as `%2F`, `\\` as `%5C` and a space as `%20`"
            }
            Self::Scheme | Self::Socks => {
                "use an `http` or `https` proxy, such as `http://proxy.example.com:3128`"
            }
            Self::EmptyHost | Self::Host | Self::Port => {
                "write it as `http://proxy.example.com:3128` or \
                 `http://user:password@proxy.example.com:3128`"
            }
        }
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Delimiter => "has an unencoded `#`, `@`, `?`, `/` or `\\` before its last `@`",
            Self::Space => "contains a space or a control character",
            Self::Encoding => "is not valid UTF-8",
            Self::Scheme => "has an unsupported scheme",
            Self::Socks => "is the address of a SOCKS proxy, which is not supported",
            Self::EmptyHost => "has no host",
            Self::Host => "has an invalid host",
            Self::Port => "has an invalid port",
            Self::Query => "has a query or a fragment",
        })
    }
}

/// Splits an address into its scheme and the part after `//`.
fn split_scheme(text: &str) -> Result<(&'static str, &str), AddressError> {
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => match scheme.to_ascii_lowercase().as_str() {
            "http" => Ok(("http", rest)),
            "https" => Ok(("https", rest)),
            "socks" | "socks4" | "socks4a" | "socks5" | "socks5h" => Err(AddressError::Socks),
            _ => Err(AddressError::Scheme),
        },
        _ => Ok(("http", text)),
    }
}

/// Returns the URL of `host[:port]`.
fn build_url(scheme: &str, authority: &str) -> Result<Url, AddressError> {
    let (host, port) = split_port(authority);
    if host.is_empty() {
        return Err(AddressError::EmptyHost);
    }
    let host = Host::parse(host).map_err(|_| AddressError::Host)?;
    let port = match port {
        Some(port) => format!(":{}", parse_port(port)?),
        None => String::new(),
    };
    let url = format!("{scheme}://{host}{port}/");
    // reqwest connects directly if its second parser does not accept the address
    let is_uri = url.parse::<Uri>().is_ok();
    let url = Url::parse(&url).map_err(|_| AddressError::Host)?;
    is_uri.then_some(url).ok_or(AddressError::Host)
}

/// Splits `host[:port]`; the host may be an IPv6 address in brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Parses a port from 1 to 65535.
fn parse_port(text: &str) -> Result<u16, AddressError> {
    let is_number = text.chars().all(|c| c.is_ascii_digit());
    let port = text.parse().ok().filter(|port| is_number && *port > 0);
    port.ok_or(AddressError::Port)
}
