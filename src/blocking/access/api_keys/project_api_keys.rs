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
    pythonic::{
        ids::ApiKeyId,
        resources::{access::api_keys::ApiKeyData, roles::ProjectRole},
    },
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

    /// Updates the fields that `changes` contains (`desc`, `roles` in this project). The document
    /// is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ProjectApiKeyHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Removes the key from the project. The key remains in the organization.
    ///
    /// # Errors
    ///
    /// See [`ProjectApiKeyHandle::remove`].
    pub fn remove(&self) -> Result<()> {
        self.handle.remove()
    }

    /// Grants a key of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectApiKeyHandle::assign`].
    pub fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
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
    pub fn api_keys(&self) -> Items<ProjectApiKey> {
        self.atlas.list(self.inner.api_keys())
    }

    /// Creates an API key of the organization with these roles in the project, such as
    /// `GROUP_READ_ONLY`. Only this response contains the private key.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if a role is unknown, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_api_key(
        &self,
        description: &str,
        roles: &[ProjectRole],
    ) -> Result<ProjectApiKey> {
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
    /// Updates the fields that `changes` contains (`desc`, `roles` in this project). The document
    /// is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<ProjectApiKey> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Removes the key from the project. The key remains in the organization.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn remove(&self) -> Result<()> {
        self.atlas.wait(self.inner.remove())
    }

    /// Grants a key of the organization these roles in the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization has no such key, or any
    /// [request error](crate::Error#request-errors).
    pub fn assign(&self, roles: &[ProjectRole]) -> Result<()> {
        self.atlas.wait(self.inner.assign(roles))
    }
}
