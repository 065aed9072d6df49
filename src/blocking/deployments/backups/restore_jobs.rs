//! Restore jobs of a cluster, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        deployments::clusters::{Cluster, ClusterHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::RestoreJobId, resources::deployments::backups::RestoreJobData},
};

/// A job that restores a snapshot or prepares its download; the blocking counterpart of
/// [`RestoreJob`](crate::RestoreJob).
///
/// Dereferences to [`RestoreJobData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct RestoreJob {
    data: RestoreJobData,
    #[serde(skip)]
    pub(crate) handle: RestoreJobHandle,
}

impl Deref for RestoreJob {
    type Target = RestoreJobData;

    fn deref(&self) -> &RestoreJobData {
        &self.data
    }
}

impl IntoBlocking for crate::RestoreJob {
    type Output = RestoreJob;

    fn into_blocking(self, atlas: &Atlas) -> RestoreJob {
        RestoreJob {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl RestoreJob {
    /// Returns the handle.
    pub fn handle(&self) -> RestoreJobHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the restore job.
    ///
    /// # Errors
    ///
    /// See [`RestoreJobHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Cancels the job.
    ///
    /// # Errors
    ///
    /// See [`RestoreJobHandle::cancel`].
    pub fn cancel(&self) -> Result<()> {
        self.handle.cancel()
    }
}

/// A handle to a restore job, identified by its id; the blocking counterpart of
/// [`RestoreJobHandle`](crate::RestoreJobHandle).
#[derive(Clone, Debug)]
pub struct RestoreJobHandle {
    pub(crate) inner: crate::RestoreJobHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::RestoreJobHandle {
    type Output = RestoreJobHandle;

    fn into_blocking(self, atlas: &Atlas) -> RestoreJobHandle {
        RestoreJobHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl RestoreJobHandle {
    /// Returns the id.
    pub fn id(&self) -> &RestoreJobId {
        self.inner.id()
    }
}

impl ClusterHandle {
    /// Returns a handle to the restore job with this id. Does not send a request.
    pub fn restore_job(&self, id: &RestoreJobId) -> RestoreJobHandle {
        self.inner.restore_job(id).into_blocking(&self.atlas)
    }

    /// Lists the restore jobs.
    pub fn restore_jobs(&self) -> Items<RestoreJob> {
        self.atlas.list(self.inner.restore_jobs())
    }

    /// Creates a restore job from a JSON document, sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn create_restore_job(&self, document: &impl Serialize) -> Result<RestoreJob> {
        self.atlas.fetch(self.inner.create_restore_job(document))
    }
}

impl Cluster {
    /// Lists the restore jobs.
    ///
    /// See [`ClusterHandle::restore_jobs`].
    pub fn restore_jobs(&self) -> Items<RestoreJob> {
        self.handle.restore_jobs()
    }
}

impl RestoreJobHandle {
    /// Fetches the restore job.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the restore job does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<RestoreJob> {
        self.atlas.fetch(self.inner.get())
    }

    /// Cancels the job.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the job has finished, or any [request
    /// error](crate::Error#request-errors).
    pub fn cancel(&self) -> Result<()> {
        self.atlas.wait(self.inner.cancel())
    }
}
