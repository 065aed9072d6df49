//! Backups of a cluster: snapshots, restore jobs and the backup schedule.

mod restore_jobs;
mod retention;
mod schedule;
mod sharded;

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        ids::SnapshotId,
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::clusters::{Cluster, ClusterHandle},
            values::value,
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use restore_jobs::{RestoreJob, RestoreJobData, RestoreJobHandle};
pub use retention::Retention;
pub use schedule::BackupSchedule;
pub use sharded::{ShardedSnapshot, ShardedSnapshotData, ShardedSnapshotHandle, SnapshotMember};

value! {
    /// The status of a snapshot. Atlas can add values at any time.
    pub enum SnapshotStatus {
        Queued = "queued",
        InProgress = "inProgress",
        Completed = "completed",
        Failed = "failed",
    }
}

resource! {
    /// The data of a [`Snapshot`], which the async and the blocking type share.
    pub struct SnapshotData(types::DiskBackupSnapshot), id: SnapshotId = id {
        /// Returns the description; empty for scheduled snapshots.
        description: &str = description,
        /// Returns the status.
        status: SnapshotStatus = status,
        /// Returns the origin: `onDemand` or `scheduled`.
        snapshot_type: &str = snapshot_type,
        /// Returns the frequency of the schedule, such as `daily`; `None` for an on-demand
        /// snapshot.
        frequency: Option<&str> = frequency_type,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the time at which Atlas deletes the snapshot.
        expires: Option<Timestamp> = expires_at,
        /// Returns the size in bytes.
        size: Option<u64> = storage_size_bytes,
        /// Returns the MongoDB version of the cluster.
        mongodb_version: Option<&str> = mongod_version,
    }
}

/// A snapshot returned by the API.
///
/// Dereferences to [`SnapshotData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Snapshot {
    pub(crate) data: SnapshotData,
    #[serde(skip)]
    pub(crate) handle: SnapshotHandle,
}

impl Deref for Snapshot {
    type Target = SnapshotData;

    fn deref(&self) -> &SnapshotData {
        &self.data
    }
}

impl FromRecord<ClusterHandle> for Snapshot {
    type Api = types::DiskBackupSnapshot;

    fn from_record(cluster: &ClusterHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = SnapshotData::from_record(cluster, record)?;
        let handle = cluster.snapshot(data.id());
        Ok(Self { data, handle })
    }
}

impl Snapshot {
    /// Returns the handle.
    pub fn handle(&self) -> SnapshotHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the snapshot.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Sets the retention, which starts at the creation of the snapshot.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::set_retention`].
    pub async fn set_retention(&self, retention: Retention) -> Result<Self> {
        self.handle.set_retention(retention).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Restores the snapshot into a cluster and overwrites its data.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::restore_to`].
    pub async fn restore_to(&self, target: &ClusterHandle) -> Result<RestoreJob> {
        self.handle.restore_to(target).await
    }

    /// Creates a restore job that prepares a download. The
    /// [`download_urls`](crate::RestoreJobData::download_urls) are set when it has finished.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::make_downloadable`].
    pub async fn make_downloadable(&self) -> Result<RestoreJob> {
        self.handle.make_downloadable().await
    }
}

/// A handle to a snapshot, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// use mongodbatlas::SnapshotStatus;
///
/// let target = atlas.find_cluster("shop-staging").await?.handle();
/// let mut snapshots = atlas.find_cluster("shop-production").await?.snapshots();
/// while let Some(snapshot) = snapshots.try_next().await? {
///     if snapshot.status() == SnapshotStatus::Completed {
///         let job = snapshot.restore_to(&target).await?;
///         println!("restore job {}", job.id());
///         break;
///     }
/// }
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct SnapshotHandle {
    pub(crate) cluster: ClusterHandle,
    pub(crate) id: SnapshotId,
}

impl SnapshotHandle {
    /// Returns the id.
    pub fn id(&self) -> &SnapshotId {
        &self.id
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.cluster
            .operation(operation)
            .with("snapshotId", &self.id)
    }
}

impl ClusterHandle {
    /// Returns a handle to the snapshot with this id. Does not send a request.
    pub fn snapshot(&self, id: &SnapshotId) -> SnapshotHandle {
        SnapshotHandle {
            cluster: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the snapshots of a replica set. [`sharded_snapshots`](Self::sharded_snapshots) lists
    /// the snapshots of a sharded cluster.
    pub fn snapshots(&self) -> Pager<Snapshot> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_SNAPSHOTS)
            .list(self)
    }

    /// Takes a snapshot. Returns before the snapshot is complete.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if another snapshot is in progress or
    /// backups are disabled, or any [request error](crate::Error#request-errors).
    pub async fn take_snapshot(&self, description: &str, retention: Retention) -> Result<Snapshot> {
        let take = self.operation(operation::TAKE_GROUP_CLUSTER_BACKUP_SNAPSHOTS);
        let document = json!({ "description": description, "retentionInDays": retention.days() });
        take.with_document(&document)?.fetch(self).await
    }
}

impl Cluster {
    /// Lists the snapshots of a replica set. [`sharded_snapshots`](Self::sharded_snapshots) lists
    /// the snapshots of a sharded cluster.
    ///
    /// See [`ClusterHandle::snapshots`].
    pub fn snapshots(&self) -> Pager<Snapshot> {
        self.handle.snapshots()
    }
}

impl SnapshotHandle {
    /// Fetches the snapshot.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the snapshot does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<Snapshot> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        get.fetch(&self.cluster).await
    }

    /// Sets the retention, which starts at the creation of the snapshot.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the new expiry is in the past, or
    /// any [request error](crate::Error#request-errors).
    pub async fn set_retention(&self, retention: Retention) -> Result<Snapshot> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        let document = json!({ "retentionUnit": "DAYS", "retentionValue": retention.days() });
        update.with_document(&document)?.fetch(&self.cluster).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        delete.execute_delete().await
    }

    /// Restores the snapshot into a cluster and overwrites its data.
    ///
    /// Returns after the creation of the job. The restore is complete when
    /// [`finished`](crate::RestoreJobData::finished) returns a time.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if another job is restoring into the
    /// cluster, or any [request error](crate::Error#request-errors).
    pub async fn restore_to(&self, target: &ClusterHandle) -> Result<RestoreJob> {
        let document = json!({
            "deliveryType": "automated",
            "snapshotId": self.id,
            "targetGroupId": target.project_id(),
            "targetClusterName": target.name(),
        });
        self.cluster.create_restore_job(&document).await
    }

    /// Creates a restore job that prepares a download. The
    /// [`download_urls`](crate::RestoreJobData::download_urls) are set when it has finished.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn make_downloadable(&self) -> Result<RestoreJob> {
        let document = json!({ "deliveryType": "download", "snapshotId": self.id });
        self.cluster.create_restore_job(&document).await
    }
}
