//! Restore jobs of a cluster.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::{ProjectId, RestoreJobId, SnapshotId},
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::clusters::{Cluster, ClusterHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of a [`RestoreJob`], which the async and the blocking type share.
    pub struct RestoreJobData(types::DiskBackupSnapshotRestoreJob), id: RestoreJobId = id {
        /// Returns the delivery type: `automated` (into a cluster), `download` or `pointInTime`.
        delivery_type: &str = delivery_type,
        /// Returns the id of the snapshot; `None` if missing or malformed.
        snapshot_id: Option<SnapshotId> = snapshot_id,
        /// Returns the id of the target cluster's project; `None` for a download.
        target_project_id: Option<ProjectId> = target_group_id,
        /// Returns the name of the target cluster; `None` for a download.
        target_cluster_name: Option<&str> = target_cluster_name,
        /// Returns the download URLs of the snapshot. They are secret: a download needs no
        /// credentials.
        download_urls: Vec<&str> = delivery_url,
        /// Returns the time of the snapshot; `None` if missing or malformed.
        snapshot_taken: Option<Timestamp> = timestamp,
        /// Returns the time at which the job finished; `None` while it is running.
        finished: Option<Timestamp> = finished_at,
        /// Returns the expiry of the download URLs; `None` without download URLs.
        expires: Option<Timestamp> = expires_at,
        /// Returns `true` if the job was cancelled.
        is_cancelled: bool = cancelled,
        /// Returns `true` if the job failed.
        is_failed: bool = failed,
        /// Returns `true` if the download URLs have expired.
        is_expired: bool = expired,
    }
}

/// A job that restores a snapshot or prepares its download.
///
/// Dereferences to [`RestoreJobData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct RestoreJob {
    pub(crate) data: RestoreJobData,
    #[serde(skip)]
    pub(crate) handle: RestoreJobHandle,
}

impl Deref for RestoreJob {
    type Target = RestoreJobData;

    fn deref(&self) -> &RestoreJobData {
        &self.data
    }
}

impl FromRecord<ClusterHandle> for RestoreJob {
    type Api = types::DiskBackupSnapshotRestoreJob;

    fn from_record(cluster: &ClusterHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = RestoreJobData::from_record(cluster, record)?;
        let handle = cluster.restore_job(data.id());
        Ok(Self { data, handle })
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Cancels the job.
    ///
    /// # Errors
    ///
    /// See [`RestoreJobHandle::cancel`].
    pub async fn cancel(&self) -> Result<()> {
        self.handle.cancel().await
    }
}

/// A handle to a restore job, identified by its id.
#[derive(Clone, Debug)]
pub struct RestoreJobHandle {
    pub(crate) cluster: ClusterHandle,
    pub(crate) id: RestoreJobId,
}

impl RestoreJobHandle {
    /// Returns the id.
    pub fn id(&self) -> &RestoreJobId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.cluster
            .operation(operation)
            .with("restoreJobId", &self.id)
    }
}

impl ClusterHandle {
    /// Returns a handle to the restore job with this id. Does not send a request.
    pub fn restore_job(&self, id: &RestoreJobId) -> RestoreJobHandle {
        RestoreJobHandle {
            cluster: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the restore jobs.
    pub fn restore_jobs(&self) -> Pager<RestoreJob> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_RESTORE_JOBS)
            .list(self)
    }

    /// Creates a restore job from a JSON document, sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn create_restore_job(&self, document: &impl Serialize) -> Result<RestoreJob> {
        let create = self.operation(operation::CREATE_GROUP_CLUSTER_BACKUP_RESTORE_JOB);
        create.with_document(document)?.fetch(self).await
    }
}

impl Cluster {
    /// Lists the restore jobs.
    ///
    /// See [`ClusterHandle::restore_jobs`].
    pub fn restore_jobs(&self) -> Pager<RestoreJob> {
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
    pub async fn get(&self) -> Result<RestoreJob> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_RESTORE_JOB);
        get.fetch(&self.cluster).await
    }

    /// Cancels the job.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if the job has finished, or any [request
    /// error](crate::Error#request-errors).
    pub async fn cancel(&self) -> Result<()> {
        let cancel = self.operation(operation::CANCEL_GROUP_CLUSTER_BACKUP_RESTORE_JOB);
        cancel.execute_delete().await
    }
}
