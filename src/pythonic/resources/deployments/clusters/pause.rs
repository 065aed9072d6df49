//! Pausing and resuming clusters.

use serde_json::json;

use crate::{
    error::Result,
    pythonic::resources::deployments::clusters::{Cluster, ClusterHandle},
};

/// The error code of Atlas for pausing a paused cluster.
const ALREADY_PAUSED: &str = "CLUSTER_ALREADY_PAUSED";

impl Cluster {
    /// Pauses the cluster. A paused cluster is unavailable, and only its storage is billed.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::pause`].
    pub async fn pause(&self) -> Result<Self> {
        self.handle.pause().await
    }

    /// Resumes the cluster. It cannot be paused again for 60 minutes.
    ///
    /// # Errors
    ///
    /// See [`ClusterHandle::resume`].
    pub async fn resume(&self) -> Result<Self> {
        self.handle.resume().await
    }
}

impl ClusterHandle {
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
    pub async fn pause(&self) -> Result<Cluster> {
        match self.update(&json!({ "paused": true })).await {
            // an earlier attempt may have paused the cluster although its response was lost
            Err(error) if error.is_repeated() && error.error_code() == Some(ALREADY_PAUSED) => {
                let cluster = self.get().await?;
                if cluster.is_paused() {
                    Ok(cluster)
                } else {
                    Err(error)
                }
            }
            result => result,
        }
    }

    /// Resumes the cluster. It cannot be paused again for 60 minutes.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors). Resuming a running cluster is not
    /// an error.
    pub async fn resume(&self) -> Result<Cluster> {
        self.update(&json!({ "paused": false })).await
    }

    /// Fetches the cluster. Returns `true` if it is paused or being paused.
    ///
    /// # Errors
    ///
    /// See [`get`](Self::get).
    pub async fn is_paused(&self) -> Result<bool> {
        Ok(self.get().await?.is_paused())
    }
}
