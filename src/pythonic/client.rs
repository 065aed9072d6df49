//! The client and its builder.

mod builder;
mod options;
mod source;

use std::sync::Arc;

use crate::{api, base_url::BaseUrl, error::Result};
use source::Origin;

pub use builder::Builder;

/// A client for the Atlas Administration API. Clones are cheap and share connections and the digest challenge.
///
/// ```no_run
/// # async fn example() -> mongodbatlas::Result<()> {
/// use mongodbatlas::Atlas;
///
/// let atlas = Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
/// println!("{}", atlas.this_organization().await?.name());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Atlas(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: api::Client,
    origin: Origin,
}

impl Atlas {
    /// Creates a client with the credentials and the base URL of the environment; [`Builder`] lists the sources.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Builder::build`].
    pub fn from_env() -> Result<Self> {
        Self::builder().build()
    }

    /// Returns a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the client of the generated layer, which has a typed method for each operation.
    pub fn api(&self) -> &api::Client {
        &self.0.client
    }

    /// Returns the base URL of the API.
    pub fn base_url(&self) -> &BaseUrl {
        self.0.client.transport().base_url()
    }

    /// Clears the response cache, which [`Builder::with_cache`] enables.
    pub fn clear_cache(&self) {
        self.0.client.transport().clear_cache();
    }

    /// Revokes the access token that this client obtained for its service account; the next request obtains another.
    /// Does nothing for an API key or an access token passed to the builder.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error). The client discards the token in any case.
    pub async fn revoke_token(&self) -> Result<()> {
        self.0.client.transport().revoke_token().await
    }
}
