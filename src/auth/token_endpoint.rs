//! Access to the OAuth endpoints.

use http::HeaderValue;

use crate::base_url::BaseUrl;

/// The HTTP client and the base URL for requests that fetch and revoke tokens.
#[derive(Clone, Copy)]
pub(crate) struct TokenEndpoint<'a> {
    pub(crate) http: &'a reqwest::Client,
    /// Name of the proxy for errors.
    pub(crate) proxy: Option<&'a str>,
    pub(crate) base_url: &'a BaseUrl,
    pub(crate) user_agent: &'a HeaderValue,
}
