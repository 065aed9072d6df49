//! The blocking client.

use std::{net::IpAddr, sync::Arc};

use crate::blocking::{paging::Items, runtime::Runtime};
use crate::{
    auth::CredentialSource,
    base_url::BaseUrl,
    error::Result,
    pythonic::{client::Builder, paging::pager::Pager},
};

/// A client whose methods block until the response arrives; the blocking counterpart of
/// [`Atlas`](crate::Atlas). Clones are cheap.
#[derive(Clone, Debug)]
pub struct Atlas {
    pub(super) inner: crate::Atlas,
    runtime: Arc<Runtime>,
}

impl Atlas {
    /// Creates a client with the credentials and the base URL of the environment; see [`Builder`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Builder::build_blocking`].
    pub fn from_env() -> Result<Self> {
        Builder::default().build_blocking()
    }

    /// Returns a builder; finish with [`Builder::build_blocking`].
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the source of the credentials.
    pub fn credential_source(&self) -> &CredentialSource {
        self.inner.credential_source()
    }

    /// Returns the id of the default organization, from a variable or the profile.
    pub fn default_organization_id(&self) -> Option<&str> {
        self.inner.default_organization_id()
    }

    /// Returns the id of the default project, from a variable or the profile.
    pub fn default_project_id(&self) -> Option<&str> {
        self.inner.default_project_id()
    }

    /// Returns the base URL of the API.
    pub fn base_url(&self) -> &BaseUrl {
        self.inner.base_url()
    }

    /// Returns the IP address from which Atlas receives the requests of this client.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`current_ip_address`](crate::Atlas::current_ip_address). Fails
    /// inside an async runtime.
    pub fn current_ip_address(&self) -> Result<IpAddr> {
        self.wait(self.inner.current_ip_address())
    }

    /// Clears the response cache, which [`Builder::with_cache`] enables.
    pub fn clear_cache(&self) {
        self.inner.clear_cache();
    }

    /// Revokes the access token that this client obtained for its service account.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`revoke_token`](crate::Atlas::revoke_token). Fails inside
    /// an async runtime.
    pub fn revoke_token(&self) -> Result<()> {
        self.wait(self.inner.revoke_token())
    }

    /// Blocks until the call returns.
    pub(super) fn wait<T>(&self, call: impl Future<Output = Result<T>>) -> Result<T> {
        self.runtime.wait(call)?
    }

    /// Blocks until the call returns, and converts the resources that it returns.
    pub(super) fn fetch<T: IntoBlocking>(
        &self,
        call: impl Future<Output = Result<T>>,
    ) -> Result<T::Output> {
        Ok(self.wait(call)?.into_blocking(self))
    }

    /// Returns an iterator over the items of a pager.
    pub(super) fn items<T: 'static>(&self, pager: Pager<T>) -> Items<T> {
        Items::new(self.runtime.clone(), pager)
    }

    /// Returns an iterator over the resources of a pager, which it converts.
    pub(super) fn list<T>(&self, pager: Pager<T>) -> Items<T::Output>
    where
        T: IntoBlocking<Output: 'static> + 'static,
    {
        let atlas = self.clone();
        self.items(pager.map(move |item| item.into_blocking(&atlas)))
    }
}

impl Builder {
    /// Builds a blocking client. Does not send a request.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`build`](Self::build), or an error if no runtime can be started.
    pub fn build_blocking(self) -> Result<Atlas> {
        Ok(Atlas {
            inner: self.build()?,
            runtime: Arc::new(Runtime::start()?),
        })
    }
}

/// Converts the result of an async method to its blocking counterpart.
pub(super) trait IntoBlocking {
    /// The blocking counterpart.
    type Output;

    fn into_blocking(self, atlas: &Atlas) -> Self::Output;
}

impl<T: IntoBlocking> IntoBlocking for Vec<T> {
    type Output = Vec<T::Output>;

    fn into_blocking(self, atlas: &Atlas) -> Self::Output {
        let items = self.into_iter();
        items.map(|item| item.into_blocking(atlas)).collect()
    }
}
