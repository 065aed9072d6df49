//! The connection: how long it may take, and what it may do on its own.

use std::time::Duration;

use reqwest::redirect::Policy;

use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};

/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the other side may stay silent. There is no limit to an answer as a whole: downloads
/// of logs take as long as they take.
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);

/// A client for this place.
pub(super) fn client(base_url: &BaseUrl) -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(IDLE_TIMEOUT)
        .gzip(true)
        // a redirect could lead keys, or a changed method, anywhere
        .redirect(Policy::none())
        .referer(false);
    let builder = if base_url.is_loopback() {
        // a proxy is another machine, and this may be plain http
        builder.no_proxy()
    } else {
        builder.https_only(true)
    };
    builder.build().map_err(|source| {
        Error::new(
            ErrorKind::Tls,
            "this machine cannot make encrypted connections",
        )
        .with_hint("check that the system's root certificates are installed")
        .with_source(source)
    })
}
