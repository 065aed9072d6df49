//! Organizations, without `async`.

mod created;

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::Project,
        paging::Items,
    },
    error::Result,
    pythonic::{ids::OrganizationId, resources::organization::organizations::OrganizationData},
};

pub use created::CreatedOrganization;

/// An organization returned by the API; the blocking counterpart of
/// [`Organization`](crate::Organization).
///
/// Dereferences to [`OrganizationData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Organization {
    data: OrganizationData,
    #[serde(skip)]
    pub(crate) handle: OrganizationHandle,
}

impl Deref for Organization {
    type Target = OrganizationData;

    fn deref(&self) -> &OrganizationData {
        &self.data
    }
}

impl IntoBlocking for crate::Organization {
    type Output = Organization;

    fn into_blocking(self, atlas: &Atlas) -> Organization {
        Organization {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl Organization {
    /// Returns the handle.
    pub fn handle(&self) -> OrganizationHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the organization.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Lists the projects that are visible to the credentials.
    ///
    /// See [`OrganizationHandle::projects`].
    pub fn projects(&self) -> Items<Project> {
        self.handle.projects()
    }

    /// Creates a project with this name.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::create_project`].
    pub fn create_project(&self, name: &str) -> Result<Project> {
        self.handle.create_project(name)
    }

    /// Updates the fields that `changes` contains (`name`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// See [`OrganizationHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }
}

/// A handle to an organization, identified by its id; the blocking counterpart of
/// [`OrganizationHandle`](crate::OrganizationHandle).
#[derive(Clone, Debug)]
pub struct OrganizationHandle {
    pub(crate) inner: crate::OrganizationHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::OrganizationHandle {
    type Output = OrganizationHandle;

    fn into_blocking(self, atlas: &Atlas) -> OrganizationHandle {
        OrganizationHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Returns the id.
    pub fn id(&self) -> &OrganizationId {
        self.inner.id()
    }
}

impl Atlas {
    /// Lists the organizations that are visible to the credentials.
    pub fn organizations(&self) -> Items<Organization> {
        self.list(self.inner.organizations())
    }

    /// Fetches the only organization that is visible to the credentials.
    ///
    /// An API key or service account belongs to a single organization.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if no organization is visible to the
    /// credentials, [`InvalidInput`](crate::ErrorKind::InvalidInput) if several are, or any
    /// [request error](crate::Error#request-errors).
    pub fn this_organization(&self) -> Result<Organization> {
        self.fetch(self.inner.this_organization())
    }

    /// Creates an organization from a JSON document (`name`, optionally `apiKey` or
    /// `serviceAccount`), sent verbatim. Only this response contains the secrets of the
    /// credentials.
    ///
    /// # Errors
    ///
    /// Returns [`Forbidden`](crate::ErrorKind::Forbidden) if the organization of the credentials is
    /// not a paying organization, [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the
    /// document, or any [request error](crate::Error#request-errors).
    pub fn create_organization(&self, document: &impl Serialize) -> Result<CreatedOrganization> {
        self.fetch(self.inner.create_organization(document))
    }

    /// Returns a handle to the organization with this id. Does not send a request.
    pub fn organization(&self, id: &OrganizationId) -> OrganizationHandle {
        self.inner.organization(id).into_blocking(self)
    }
}

impl OrganizationHandle {
    /// Fetches the organization.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the organization does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<Organization> {
        self.atlas.fetch(self.inner.get())
    }

    /// Lists the projects that are visible to the credentials.
    pub fn projects(&self) -> Items<Project> {
        self.atlas.list(self.inner.projects())
    }

    /// Creates a project with this name.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_project(&self, name: &str) -> Result<Project> {
        self.atlas.fetch(self.inner.create_project(name))
    }

    /// Updates the fields that `changes` contains (`name`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<Organization> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the organization, which must have no projects.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the organization has projects, or any
    /// [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }
}
