//! Helpers for new clusters: a default document, documents in files, and random names, without `async`.

use std::path::Path;

use crate::{
    blocking::{deployments::clusters::Cluster, organization::projects::ProjectHandle},
    error::Result,
};

impl ProjectHandle {
    /// Creates a cluster from a file with its JSON document; see
    /// [`create_cluster`](Self::create_cluster).
    ///
    /// # Errors
    ///
    /// As the async [`create_cluster_from_file`](crate::ProjectHandle::create_cluster_from_file).
    /// Fails inside an async runtime.
    pub fn create_cluster_from_file(&self, file: impl AsRef<Path>) -> Result<Cluster> {
        self.atlas.fetch(self.inner.create_cluster_from_file(file))
    }
}
