//! API keys in a project, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::ApiKeyId, resources::access::api_keys::ApiKeyData},
};

/// An API key with access to a project; the blocking counterpart of
/// [`ProjectApiKey`](crate::ProjectApiKey).
///
/// Dereferences to [`ApiKeyData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ProjectApiKey {
    data: ApiKeyData,
    #[serde(skip)]
    pub(crate) handle: ProjectApiKeyHandle,
}

impl Deref for ProjectApiKey {
    type Target = ApiKeyData;

    fn deref(&self) -> &ApiKeyData {
        &self.data
    }
}

impl IntoBlocking for crate::ProjectApiKey {
    type Output = ProjectApiKey;

    fn into_blocking(self, atlas: &Atlas) -> ProjectApiKey {
        ProjectApiKey {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl ProjectApiKey {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectApiKeyHandle {
        self.handle.clone()
    }

    /// Updates the fields in a JSON document (`desc`, `roles` in this project), which is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// As [`ProjectApiKeyHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Removes the key from the project. The organization keeps it.
    ///
    /// # Errors
    ///
    /// As [`ProjectApiKeyHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Assigns these roles in the project to a key of the organization.
    ///
    /// # Errors
    ///
    /// As [`ProjectApiKeyHandle::assign`].
    pub fn assign(&self, roles: &[&str]) -> Result<()> {
        self.handle.assign(roles)
    }
}

/// A handle to an API key in a project, identified by its id; the blocking counterpart of
/// [`ProjectApiKeyHandle`](crate::ProjectApiKeyHandle).
#[derive(Clone, Debug)]
pub struct ProjectApiKeyHandle {
    pub(crate) inner: crate::ProjectApiKeyHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ProjectApiKeyHandle {
    type Output = ProjectApiKeyHandle;

    fn into_blocking(self, atlas: &Atlas) -> ProjectApiKeyHandle {
        ProjectApiKeyHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ProjectApiKeyHandle {
    /// Returns the id.
    pub fn id(&self) -> &ApiKeyId {
        self.inner.id()
    }
}

impl ProjectHandle {
    /// Returns a handle to the API key with this id in this project. Does not send a request.
    pub fn api_key(&self, id: &ApiKeyId) -> ProjectApiKeyHandle {
        self.inner.api_key(id).into_blocking(&self.atlas)
    }

    /// Lists the API keys with access to the project.
    ///
    /// See the async [`api_keys`](crate::ProjectHandle::api_keys).
    pub fn api_keys(&self) -> Items<ProjectApiKey> {
        self.atlas.list(self.inner.api_keys())
    }

    /// Creates an API key of the organization with these roles in the project, such as
    /// `GROUP_READ_ONLY`. Only this response contains the private key.
    ///
    /// # Errors
    ///
    /// As the async [`create_api_key`](crate::ProjectHandle::create_api_key). Fails inside an async
    /// runtime.
    pub fn create_api_key(&self, description: &str, roles: &[&str]) -> Result<ProjectApiKey> {
        self.atlas
            .fetch(self.inner.create_api_key(description, roles))
    }
}

impl Project {
    /// Lists the API keys with access to the project.
    ///
    /// See [`ProjectHandle::api_keys`].
    pub fn api_keys(&self) -> Items<ProjectApiKey> {
        self.handle.api_keys()
    }
}

impl ProjectApiKeyHandle {
    /// Updates the fields in a JSON document (`desc`, `roles` in this project), which is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// As the async [`update`](crate::ProjectApiKeyHandle::update). Fails inside an async runtime.
    pub fn update(&self, changes: &impl Serialize) -> Result<ProjectApiKey> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Removes the key from the project. The organization keeps it.
    ///
    /// # Errors
    ///
    /// As the async [`remove`](crate::ProjectApiKeyHandle::remove). Fails inside an async runtime.
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Assigns these roles in the project to a key of the organization.
    ///
    /// # Errors
    ///
    /// As the async [`assign`](crate::ProjectApiKeyHandle::assign). Fails inside an async runtime.
    pub fn assign(&self, roles: &[&str]) -> Result<()> {
        self.atlas.wait(self.inner.assign(roles))
    }
}
