//! API keys of an organization and their allowed addresses, without `async`.

mod project_api_keys;

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
        resources::{
            access::api_keys::{ApiKeyAddress, ApiKeyData},
            roles::OrganizationRole,
        },
    },
};

pub use project_api_keys::{ProjectApiKey, ProjectApiKeyHandle};

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

    /// Fetches the current data of the key.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains (`desc`, `roles`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the key. Atlas then rejects requests that use the key.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::delete`].
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

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::allow_address`].
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.handle.allow_address(address)
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// See [`OrganizationApiKeyHandle::forbid_address`].
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
    pub fn api_keys(&self) -> Items<OrganizationApiKey> {
        self.atlas.list(self.inner.api_keys())
    }

    /// Creates an API key with these roles. Only this response contains the private key.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_api_key(
        &self,
        description: &str,
        roles: &[OrganizationRole],
    ) -> Result<OrganizationApiKey> {
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
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the key does not exist, or any [request
    /// error](crate::Error#request-errors).
    pub fn get(&self) -> Result<OrganizationApiKey> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains (`desc`, `roles`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<OrganizationApiKey> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the key. Atlas then rejects requests that use the key.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Lists the addresses from which the key may send requests. An empty list allows any address,
    /// unless the organization requires a list.
    pub fn addresses(&self) -> Items<ApiKeyAddress> {
        self.atlas.items(self.inner.addresses())
    }

    /// Adds an address or a CIDR block to the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the address is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub fn allow_address(&self, address: &str) -> Result<()> {
        self.atlas.wait(self.inner.allow_address(address))
    }

    /// Removes an address or a CIDR block from the list of allowed addresses.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the address is not on the list, or any
    /// [request error](crate::Error#request-errors).
    pub fn forbid_address(&self, address: &str) -> Result<()> {
        self.atlas.wait(self.inner.forbid_address(address))
    }
}
