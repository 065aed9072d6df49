//! Flex clusters, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::resources::deployments::flex_clusters::FlexClusterData,
};

/// A flex cluster: shared, billed by usage, cannot be paused; the blocking counterpart of
/// [`FlexCluster`](crate::FlexCluster).
///
/// Dereferences to [`FlexClusterData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FlexCluster {
    data: FlexClusterData,
    #[serde(skip)]
    pub(crate) handle: FlexClusterHandle,
}

impl Deref for FlexCluster {
    type Target = FlexClusterData;

    fn deref(&self) -> &FlexClusterData {
        &self.data
    }
}

impl IntoBlocking for crate::FlexCluster {
    type Output = FlexCluster;

    fn into_blocking(self, atlas: &Atlas) -> FlexCluster {
        FlexCluster {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl FlexCluster {
    /// Returns the handle.
    pub fn handle(&self) -> FlexClusterHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the flex cluster.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains (tags, termination protection). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the flex cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Upgrades to the dedicated cluster of a JSON document (`replicationSpecs`). Adds the name to
    /// the document if it is missing. Returns before the upgrade is complete.
    /// [`ProjectHandle::clusters`] lists the upgraded cluster.
    ///
    /// # Errors
    ///
    /// See [`FlexClusterHandle::upgrade`].
    pub fn upgrade(&self, document: &impl Serialize) -> Result<Self> {
        self.handle.upgrade(document)
    }
}

/// A handle to a flex cluster, identified by its project and its name; the blocking counterpart of
/// [`FlexClusterHandle`](crate::FlexClusterHandle).
#[derive(Clone, Debug)]
pub struct FlexClusterHandle {
    pub(crate) inner: crate::FlexClusterHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::FlexClusterHandle {
    type Output = FlexClusterHandle;

    fn into_blocking(self, atlas: &Atlas) -> FlexClusterHandle {
        FlexClusterHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl FlexClusterHandle {
    /// Returns the name.
    pub fn name(&self) -> &str {
        self.inner.name()
    }
}

impl ProjectHandle {
    /// Returns a handle to the flex cluster with this name. Does not send a request.
    pub fn flex_cluster(&self, name: &str) -> FlexClusterHandle {
        self.inner.flex_cluster(name).into_blocking(&self.atlas)
    }

    /// Lists the flex clusters.
    pub fn flex_clusters(&self) -> Items<FlexCluster> {
        self.atlas.list(self.inner.flex_clusters())
    }

    /// Creates a flex cluster from a JSON document, sent verbatim.
    ///
    /// Returns before the cluster is available.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_flex_cluster(&self, document: &impl Serialize) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.create_flex_cluster(document))
    }
}

impl Project {
    /// Lists the flex clusters.
    ///
    /// See [`ProjectHandle::flex_clusters`].
    pub fn flex_clusters(&self) -> Items<FlexCluster> {
        self.handle.flex_clusters()
    }
}

impl FlexClusterHandle {
    /// Fetches the flex cluster.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the cluster or the project does not
    /// exist, or any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains (tags, termination protection). The document is
    /// sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the flex cluster and its data. Returns before the deletion is complete.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if termination protection is enabled, or
    /// any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Upgrades to the dedicated cluster of a JSON document (`replicationSpecs`). Adds the name to
    /// the document if it is missing. Returns before the upgrade is complete.
    /// [`ProjectHandle::clusters`] lists the upgraded cluster.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the document contains the name
    /// of another cluster, [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the
    /// document, or any [request error](crate::Error#request-errors).
    pub fn upgrade(&self, document: &impl Serialize) -> Result<FlexCluster> {
        self.atlas.fetch(self.inner.upgrade(document))
    }
}
