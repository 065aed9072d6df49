//! Converts errors of reqwest.

use std::error::Error as StdError;
use std::io;

use super::{Error, ErrorKind};

const CHECK_HINT: &str = "retry; check whether a change was made before repeating it";

impl Error {
    /// Creates an error from an error of reqwest.
    ///
    /// Removes the URL from the source, because a query can contain secrets.
    pub(crate) fn from_reqwest(error: reqwest::Error, request: Option<(&str, &str)>) -> Self {
        let host = error
            .url()
            .map_or_else(|| "the server".to_owned(), authority);
        let converted = if error.is_builder() {
            Self::new(ErrorKind::InvalidInput, "the request could not be built")
        } else if error.is_connect() {
            connect_error(&error, &host).with_nothing_sent()
        } else if error.is_timeout() {
            Self::new(ErrorKind::Timeout, format!("`{host}` stopped responding"))
                .with_hint(CHECK_HINT)
        } else if is_malformed(&error) {
            Self::new(
                ErrorKind::InvalidResponse,
                format!("cannot decompress the response of `{host}`"),
            )
            .with_hint("check whether a proxy changes responses")
        } else if error.is_body() || error.is_decode() {
            Self::new(
                ErrorKind::Connection,
                format!("the response of `{host}` was truncated"),
            )
            .with_hint(CHECK_HINT)
        } else {
            Self::new(
                ErrorKind::Connection,
                format!("the connection to `{host}` broke"),
            )
            .with_hint(CHECK_HINT)
        };
        converted
            .with_request_line(request)
            .with_source(error.without_url())
    }
}

/// Creates the error for a connection that was not established.
fn connect_error(error: &reqwest::Error, host: &str) -> Error {
    if error.is_dns() {
        return Error::new(
            ErrorKind::Connection,
            format!("cannot resolve the host name `{host}`"),
        )
        .with_hint("check the base URL (`ATLAS_BASE_URL`) and the DNS server of the network");
    }
    if error.is_timeout() {
        return Error::new(
            ErrorKind::Timeout,
            format!("`{host}` did not accept a connection in time"),
        )
        .with_hint("check the network, and whether a firewall or a proxy blocks the connection");
    }
    if is_tls(error) {
        return Error::new(
            ErrorKind::Tls,
            format!("no encrypted connection to `{host}`"),
        )
        .with_hint(
            "the certificate is not trusted, or the server does not support TLS: check the base \
                 URL, the clock, and whether a proxy intercepts connections; set `ATLAS_CA_FILE` to the \
                 certificate of its authority",
        );
    }
    Error::new(ErrorKind::Connection, format!("cannot reach `{host}`"))
        .with_hint("check the network, the base URL (`ATLAS_BASE_URL`) and the proxy settings")
}

/// Returns `true` if the handshake failed: rustls reports an invalid message as invalid data, and a closed
/// connection as an unexpected end of file.
fn is_tls(error: &reqwest::Error) -> bool {
    io_kinds(error).any(|kind| {
        matches!(
            kind,
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
        )
    })
}

/// Returns `true` if a body cannot be decompressed, which is not a truncated body.
fn is_malformed(error: &reqwest::Error) -> bool {
    error.is_decode() && io_kinds(error).any(|kind| kind == io::ErrorKind::InvalidData)
}

/// Returns the kinds of the I/O errors among the sources.
fn io_kinds(error: &reqwest::Error) -> impl Iterator<Item = io::ErrorKind> {
    sources(error).filter_map(|source| source.downcast_ref::<io::Error>().map(io::Error::kind))
}

/// Returns all sources, including the inner error of an I/O error.
pub(crate) fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |source: &&(dyn StdError + 'static)| {
        let source: &(dyn StdError + 'static) = *source;
        match source
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => source.source(),
        }
    })
}

/// Returns the host, with the port unless it is the default.
fn authority(url: &reqwest::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
