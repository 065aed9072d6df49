//! Projects, which the Atlas API calls groups, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::ProjectId, resources::organization::projects::ProjectData},
};

/// A project returned by the API; the blocking counterpart of [`Project`](crate::Project).
///
/// Dereferences to [`ProjectData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Project {
    data: ProjectData,
    #[serde(skip)]
    pub(crate) handle: ProjectHandle,
}

impl Deref for Project {
    type Target = ProjectData;

    fn deref(&self) -> &ProjectData {
        &self.data
    }
}

impl IntoBlocking for crate::Project {
    type Output = Project;

    fn into_blocking(self, atlas: &Atlas) -> Project {
        Project {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl Project {
    /// Returns the handle.
    pub fn handle(&self) -> ProjectHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the project.
    ///
    /// # Errors
    ///
    /// See [`ProjectHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains (`name`, `tags`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ProjectHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the project, which must have no clusters.
    ///
    /// # Errors
    ///
    /// See [`ProjectHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }
}

/// A handle to a project, identified by its id; the blocking counterpart of
/// [`ProjectHandle`](crate::ProjectHandle).
#[derive(Clone, Debug)]
pub struct ProjectHandle {
    pub(crate) inner: crate::ProjectHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ProjectHandle {
    type Output = ProjectHandle;

    fn into_blocking(self, atlas: &Atlas) -> ProjectHandle {
        ProjectHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ProjectHandle {
    /// Returns the id.
    pub fn id(&self) -> &ProjectId {
        self.inner.id()
    }
}

impl Atlas {
    /// Lists the projects that are visible to the credentials.
    pub fn projects(&self) -> Items<Project> {
        self.list(self.inner.projects())
    }

    /// Lists the ids of the projects that are visible to the credentials.
    pub fn project_ids(&self) -> Items<ProjectId> {
        self.items(self.inner.project_ids())
    }

    /// Returns a handle to the project with this id. Does not send a request.
    pub fn project(&self, id: &ProjectId) -> ProjectHandle {
        self.inner.project(id).into_blocking(self)
    }
}

impl ProjectHandle {
    /// Fetches the project.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the project does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<Project> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains (`name`, `tags`). The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<Project> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the project, which must have no clusters.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the project has clusters, or any
    /// [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }
}
