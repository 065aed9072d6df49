//! Dedicated and shared clusters, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::ProjectId, resources::deployments::clusters::ClusterData},
};

/// A cluster returned by the API; the blocking counterpart of [`Cluster`](crate::Cluster).
///
/// Dereferences to [`ClusterData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Cluster {
    data: ClusterData,
    #[serde(skip)]
    pub(crate) handle: ClusterHandle,
}

impl Deref for Cluster {
    type Target = ClusterData;

    fn deref(&self) -> &ClusterData {
        &self.data
    }
}

impl IntoBlocking for crate::Cluster {
    type Output = Cluster;

    fn into_blocking(self, atlas: &Atlas) -> Cluster {
        Cluster {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl Cluster {
    /// Returns the handle.
    pub fn handle(&self) -> ClusterHandle {
        self.handle.clone()
    }

    /// Returns the id of the project.
    pub fn project_id(&self) -> &ProjectId {
        self.handle.project_id()
    }

    /// Fetches the cluster again.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields in a JSON document, which is sent verbatim: an explicit null clears a
    /// field.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Pauses the cluster, which is then not available; only its storage is billed.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::pause`].
    pub fn pause(&self) -> Result<Self> {
        self.handle.pause()
    }

    /// Resumes the cluster. It cannot be paused again for 60 minutes.
    ///
    /// # Errors
    ///
    /// As [`ClusterHandle::resume`].
    pub fn resume(&self) -> Result<Self> {
        self.handle.resume()
    }
}

/// A handle to a cluster, identified by its project's id and its name; the blocking counterpart of
/// [`ClusterHandle`](crate::ClusterHandle).
#[derive(Clone, Debug)]
pub struct ClusterHandle {
    pub(crate) inner: crate::ClusterHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ClusterHandle {
    type Output = ClusterHandle;

    fn into_blocking(self, atlas: &Atlas) -> ClusterHandle {
        ClusterHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ClusterHandle {
    /// Returns the name.
    pub fn name(&self) -> &str {
        self.inner.name()
    }

    /// Returns the id of the project.
    pub fn project_id(&self) -> &ProjectId {
        self.inner.project_id()
    }
}

impl Atlas {
    /// Returns a handle to the cluster with this name in a project. Does not send a request.
    pub fn cluster(&self, project_id: &ProjectId, name: &str) -> ClusterHandle {
        self.inner.cluster(project_id, name).into_blocking(self)
    }
}

impl ProjectHandle {
    /// Returns a handle to the cluster with this name. Does not send a request.
    pub fn cluster(&self, name: &str) -> ClusterHandle {
        self.inner.cluster(name).into_blocking(&self.atlas)
    }

    /// Lists the dedicated and shared clusters; [`flex_clusters`](Self::flex_clusters) lists the
    /// others.
    ///
    /// See the async [`clusters`](crate::ProjectHandle::clusters).
    pub fn clusters(&self) -> Items<Cluster> {
        self.atlas.list(self.inner.clusters())
    }

    /// Creates a cluster from a JSON document, which is sent verbatim.
    ///
    /// # Errors
    ///
    /// As the async [`create_cluster`](crate::ProjectHandle::create_cluster). Fails inside an async
    /// runtime.
    pub fn create_cluster(&self, document: &impl Serialize) -> Result<Cluster> {
        self.atlas.fetch(self.inner.create_cluster(document))
    }
}

impl Project {
    /// Lists the dedicated and shared clusters; [`flex_clusters`](Self::flex_clusters) lists the
    /// others.
    ///
    /// See [`ProjectHandle::clusters`].
    pub fn clusters(&self) -> Items<Cluster> {
        self.handle.clusters()
    }
}

impl ClusterHandle {
    /// Fetches the cluster.
    ///
    /// # Errors
    ///
    /// As the async [`get`](crate::ClusterHandle::get). Fails inside an async runtime.
    pub fn get(&self) -> Result<Cluster> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields in a JSON document, which is sent verbatim: an explicit null clears a
    /// field.
    ///
    /// # Errors
    ///
    /// As the async [`update`](crate::ClusterHandle::update). Fails inside an async runtime.
    pub fn update(&self, changes: &impl Serialize) -> Result<Cluster> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// As the async [`delete`](crate::ClusterHandle::delete). Fails inside an async runtime.
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Pauses the cluster, which is then not available; only its storage is billed.
    ///
    /// # Errors
    ///
    /// As the async [`pause`](crate::ClusterHandle::pause). Fails inside an async runtime.
    pub fn pause(&self) -> Result<Cluster> {
        self.atlas.fetch(self.inner.pause())
    }

    /// Resumes the cluster. It cannot be paused again for 60 minutes.
    ///
    /// # Errors
    ///
    /// As the async [`resume`](crate::ClusterHandle::resume). Fails inside an async runtime.
    pub fn resume(&self) -> Result<Cluster> {
        self.atlas.fetch(self.inner.resume())
    }

    /// Fetches the cluster and returns whether it is paused or being paused.
    ///
    /// # Errors
    ///
    /// As the async [`is_paused`](crate::ClusterHandle::is_paused). Fails inside an async runtime.
    pub fn is_paused(&self) -> Result<bool> {
        self.atlas.wait(self.inner.is_paused())
    }
}
