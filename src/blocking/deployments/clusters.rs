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

    /// Fetches the current data of the cluster.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains; an explicit null clears a field. The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Pauses the cluster. A paused cluster is unavailable, and only its storage is billed.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::pause`].
    pub fn pause(&self) -> Result<Self> {
        self.handle.pause()
    }

    /// Resumes the cluster. It cannot be paused again for 60 minutes.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::resume`].
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

    /// Lists the dedicated and shared clusters. [`flex_clusters`](Self::flex_clusters) lists flex
    /// clusters.
    pub fn clusters(&self) -> Items<Cluster> {
        self.atlas.list(self.inner.clusters())
    }

    /// Creates a cluster from a JSON document, sent verbatim.
    ///
    /// Returns before the cluster is available, which takes several minutes.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_cluster(&self, document: &impl Serialize) -> Result<Cluster> {
        self.atlas.fetch(self.inner.create_cluster(document))
    }
}

impl Project {
    /// Lists the dedicated and shared clusters. [`flex_clusters`](Self::flex_clusters) lists flex
    /// clusters.
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
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the cluster or the project does not
    /// exist, or any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<Cluster> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains; an explicit null clears a field. The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the state of the cluster does not allow the
    /// update, or any [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<Cluster> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if termination protection is enabled, or
    /// any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Pauses the cluster. A paused cluster is unavailable, and only its storage is billed.
    ///
    /// Returns immediately with the state [`Pausing`](crate::ClusterState::Pausing). Atlas resumes
    /// a paused cluster after 30 days.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the cluster is paused, was resumed less
    /// than 60 minutes ago, has pending changes or uses NVMe storage;
    /// [`BadRequest`](crate::ErrorKind::BadRequest) for M0 and flex clusters, which cannot be
    /// paused; or any [request error](crate::Error#request-errors). The hint of the error names the
    /// fix.
    pub fn pause(&self) -> Result<Cluster> {
        self.atlas.fetch(self.inner.pause())
    }

    /// Resumes the cluster. It cannot be paused again for 60 minutes.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors). Resuming a running cluster is not
    /// an error.
    pub fn resume(&self) -> Result<Cluster> {
        self.atlas.fetch(self.inner.resume())
    }

    /// Fetches the cluster. Returns `true` if it is paused or being paused.
    ///
    /// # Errors
    ///
    /// See [`get`](Self::get).
    pub fn is_paused(&self) -> Result<bool> {
        self.atlas.wait(self.inner.is_paused())
    }
}
