//! Helpers for new clusters: a default document, JSON files and random names, without `async`.

use std::path::Path;

use crate::{
    blocking::{deployments::clusters::Cluster, organization::projects::ProjectHandle},
    error::Result,
};

impl ProjectHandle {
    /// Creates a cluster from a JSON file; see [`create_cluster`](Self::create_cluster).
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the file cannot be read or is
    /// not a JSON object, or any error of [`create_cluster`](Self::create_cluster).
    pub fn create_cluster_from_file(&self, file: impl AsRef<Path>) -> Result<Cluster> {
        self.atlas.fetch(self.inner.create_cluster_from_file(file))
    }
}
