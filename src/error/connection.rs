//! Errors out of exchanges that did not come to an answer.

use std::error::Error as StdError;
use std::io;

use super::{Error, ErrorKind};

impl Error {
    /// The error that a failed exchange stands for.
    ///
    /// The URL is taken out of the source, since a query can hold what is nobody's business.
    pub(crate) fn from_reqwest(error: reqwest::Error, request: Option<(&str, &str)>) -> Self {
        let host = error
            .url()
            .map_or_else(|| "the server".to_owned(), authority);
        let ours = if error.is_builder() {
            Self::new(ErrorKind::InvalidInput, "the request could not be built")
        } else if error.is_connect() {
            connecting(&error, &host).with_nothing_sent()
        } else if error.is_timeout() {
            Self::new(ErrorKind::Timeout, format!("`{host}` stopped answering"))
                .with_hint("try again; before repeating a change, look whether it was made")
        } else if garbled(&error) {
            Self::new(
                ErrorKind::InvalidResponse,
                format!("the answer of `{host}` cannot be read"),
            )
            .with_hint("check whether a proxy between this machine and Atlas changes answers")
        } else if error.is_body() || error.is_decode() {
            Self::new(
                ErrorKind::Connection,
                format!("the answer of `{host}` was cut short"),
            )
            .with_hint("try again; before repeating a change, look whether it was made")
        } else {
            Self::new(
                ErrorKind::Connection,
                format!("the connection to `{host}` broke"),
            )
            .with_hint("try again; before repeating a change, look whether it was made")
        };
        ours.with_request_line(request)
            .with_source(error.without_url())
    }
}

/// Why there is no connection.
fn connecting(error: &reqwest::Error, host: &str) -> Error {
    if error.is_dns() {
        return Error::new(
            ErrorKind::Connection,
            format!("no host named `{host}` can be found"),
        )
        .with_hint("check the base URL (`ATLAS_BASE_URL`) and the network's name service");
    }
    if error.is_timeout() {
        return Error::new(
            ErrorKind::Timeout,
            format!("`{host}` did not accept a connection in time"),
        )
        .with_hint("check the network, and whether a firewall or a proxy is in the way");
    }
    if is_tls(error) {
        return Error::new(
            ErrorKind::Tls,
            format!("no encrypted connection to `{host}`"),
        )
        .with_hint(
            "the certificate is not trusted or the server speaks no TLS: check the base URL, \
                 the clock, and whether a proxy intercepts connections",
        );
    }
    Error::new(ErrorKind::Connection, format!("cannot reach `{host}`"))
        .with_hint("check the network, the base URL (`ATLAS_BASE_URL`) and the proxy settings")
}

/// Whether the handshake failed: TLS reports what it cannot accept as invalid data, and a peer that
/// hangs up in the middle as an early end.
fn is_tls(error: &reqwest::Error) -> bool {
    io_kinds(error).any(|kind| {
        matches!(
            kind,
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
        )
    })
}

/// Whether a body came whole but cannot be unpacked; one that stops coming is another matter.
fn garbled(error: &reqwest::Error) -> bool {
    error.is_decode() && io_kinds(error).any(|kind| kind == io::ErrorKind::InvalidData)
}

/// The kinds of the input and output errors underneath.
fn io_kinds(error: &reqwest::Error) -> impl Iterator<Item = io::ErrorKind> {
    sources(error).filter_map(|source| source.downcast_ref::<io::Error>().map(io::Error::kind))
}

/// The causes, the nearest first; an input and output error's inner error is among them.
fn sources(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
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

/// The host, with the port where it is an unusual one.
fn authority(url: &reqwest::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
