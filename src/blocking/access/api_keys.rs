//! API keys of an organization, and the addresses from which a key may send requests, without `async`.

mod of_project;

pub use of_project::{ProjectApiKey, ProjectApiKeyHandle};

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::organizations::{Organization, OrganizationHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::ApiKeyId,
        resources::access::api_keys::{ApiKeyAddress, ApiKeyData},
    },
};

/// An API key of an organization returned by the API; the blocking counterpart of
/// [`OrganizationApiKey`](crate::OrganizationApiKey).
///
/// Dereferences to [`ApiKeyData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OrganizationApiKey {
    data: ApiKeyData,
    #[serde(skip)]
    pub(crate) handle: OrganizationApiKeyHandle,
}

impl Deref for OrganizationApiKey {
    type Target = ApiKeyData;

    fn deref(&self) -> &ApiKeyData {
        &self.data
    }
}

impl IntoBlocking for crate::OrganizationApiKey {
    type Output = OrganizationApiKey;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationApiKey {
        OrganizationApiKey {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl OrganizationApiKey {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationApiKeyHandle {
        self.handle.clone()
    }

    /// Fetches the key again.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields in a JSON document (`desc`, `roles`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the key, which is rejected from then on.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    ///
    /// See [`OrganizationApiKeyHandle::addresses`].
    pub fn addresses(&self) -> Items<ApiKeyAddress> {
        self.handle.addresses()
    }

    /// Allows an address or a CIDR block.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::allow_address`].
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address)
    }

    /// Removes an address from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// As [`OrganizationApiKeyHandle::forbid_address`].
    pub fn forbid_address(&self, address: &str) -> Result<()> {
        self.handle.forbid_address(address)
    }
}

/// A handle to an API key of an organization, identified by its id; the blocking counterpart of
/// [`OrganizationApiKeyHandle`](crate::OrganizationApiKeyHandle).
#[derive(Clone, Debug)]
pub struct OrganizationApiKeyHandle {
    pub(crate) inner: crate::OrganizationApiKeyHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::OrganizationApiKeyHandle {
    type Output = OrganizationApiKeyHandle;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationApiKeyHandle {
        OrganizationApiKeyHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl OrganizationApiKeyHandle {
    /// Returns the id.
    pub fn id(&self) -> &ApiKeyId {
        self.inner.id()
    }
}

impl OrganizationHandle {
    /// Returns a handle to the API key with this id. Does not send a request.
    pub fn api_key(&self, id: &ApiKeyId) -> OrganizationApiKeyHandle {
        self.inner.api_key(id).into_blocking(&self.atlas)
    }

    /// Lists the API keys.
    ///
    /// See the async [`api_keys`](crate::OrganizationHandle::api_keys).
    pub fn api_keys(&self) -> Items<OrganizationApiKey> {
        self.atlas.list(self.inner.api_keys())
    }

    /// Creates an API key with these roles, such as `ORG_MEMBER`. Only this response contains the
    /// private key.
    ///
    /// # Errors
    ///
    /// As the async [`create_api_key`](crate::OrganizationHandle::create_api_key). Fails inside an
    /// async runtime.
    pub fn create_api_key(&self, description: &str, roles: &[&str]) -> Result<OrganizationApiKey> {
        self.atlas
            .fetch(self.inner.create_api_key(description, roles))
    }
}

impl Organization {
    /// Lists the API keys.
    ///
    /// See [`OrganizationHandle::api_keys`].
    pub fn api_keys(&self) -> Items<OrganizationApiKey> {
        self.handle.api_keys()
    }
}

impl OrganizationApiKeyHandle {
    /// Fetches the key.
    ///
    /// # Errors
    ///
    /// As the async [`get`](crate::OrganizationApiKeyHandle::get). Fails inside an async runtime.
    pub fn get(&self) -> Result<OrganizationApiKey> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields in a JSON document (`desc`, `roles`), which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As the async [`update`](crate::OrganizationApiKeyHandle::update). Fails inside an async
    /// runtime.
    pub fn update(&self, changes: &impl Serialize) -> Result<OrganizationApiKey> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the key, which is rejected from then on.
    ///
    /// # Errors
    ///
    /// As the async [`delete`](crate::OrganizationApiKeyHandle::delete). Fails inside an async
    /// runtime.
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    ///
    /// See the async [`addresses`](crate::OrganizationApiKeyHandle::addresses).
    pub fn addresses(&self) -> Items<ApiKeyAddress> {
        self.atlas.items(self.inner.addresses())
    }

    /// Allows an address or a CIDR block.
    ///
    /// # Errors
    ///
    /// As the async [`allow_address`](crate::OrganizationApiKeyHandle::allow_address). Fails inside
    /// an async runtime.
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.atlas.wait(self.inner.allow_address(address))
    }

    /// Removes an address from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// As the async [`forbid_address`](crate::OrganizationApiKeyHandle::forbid_address). Fails
    /// inside an async runtime.
    pub fn forbid_address(&self, address: &str) -> Result<()> {
        self.atlas.wait(self.inner.forbid_address(address))
    }
}
