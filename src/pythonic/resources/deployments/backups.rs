//! Backups of a cluster: snapshots, restore jobs and the backup schedule.

mod restore_jobs;

pub use restore_jobs::{RestoreJob, RestoreJobData, RestoreJobHandle};

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
        ids::{ProjectId, SnapshotId},
        paging::pager::Pager,
        resources::{
            define::resource,
            deployments::clusters::{Cluster, ClusterHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use sharded::{ShardedSnapshot, ShardedSnapshotData, ShardedSnapshotHandle, SnapshotMember};

resource! {
    /// The data of [`Snapshot`].
    pub struct SnapshotData(types::DiskBackupSnapshot), id: SnapshotId = id {
        /// Returns the description; empty for scheduled snapshots.
        description: &str = description,
        /// Returns the status: `queued`, `inProgress`, `completed` or `failed`.
        status: &str = status,
        /// Returns the origin: `onDemand` or `scheduled`.
        snapshot_type: &str = snapshot_type,
        /// Returns the frequency of the schedule, such as `daily`; `None` for an on-demand
        /// snapshot.
        frequency: Option<&str> = frequency_type,
        /// Returns the creation time; `None` if missing or malformed.
        created: Option<Timestamp> = created_at,
        /// Returns the time at which Atlas deletes it.
        expires: Option<Timestamp> = expires_at,
        /// Returns the size in bytes.
        size: Option<u64> = storage_size_bytes,
        /// Returns the version of MongoDB of the cluster.
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

    /// Fetches the snapshot again.
    ///
    /// # Errors
    ///
    /// As [`SnapshotHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Sets the retention to this number of days from the creation of the snapshot.
    ///
    /// # Errors
    ///
    /// As [`SnapshotHandle::keep_for_days`].
    pub async fn keep_for_days(&self, days: u32) -> Result<Self> {
        self.handle.keep_for_days(days).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// As [`SnapshotHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Restores the snapshot into a cluster, whose data is overwritten.
    ///
    /// # Errors
    ///
    /// As [`SnapshotHandle::restore_to`].
    pub async fn restore_to(
        &self,
        project_id: &ProjectId,
        cluster_name: &str,
    ) -> Result<RestoreJob> {
        self.handle.restore_to(project_id, cluster_name).await
    }

    /// Creates a restore job that prepares a download; its
    /// [`download_urls`](crate::RestoreJobData::download_urls) are set later.
    ///
    /// # Errors
    ///
    /// As [`SnapshotHandle::make_downloadable`].
    pub async fn make_downloadable(&self) -> Result<RestoreJob> {
        self.handle.make_downloadable().await
    }
}

resource! {
    /// The schedule and the retention of a cluster's snapshots.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-production").await?.handle();
    /// let early = serde_json::json!({"referenceHourOfDay": 3, "referenceMinuteOfHour": 30});
    /// cluster.update_backup_schedule(&early).await?;
    /// let schedule = cluster.backup_schedule().await?;
    /// assert_eq!((schedule.hour(), schedule.minute()), (Some(3), Some(30)));
    /// println!("{:?} {:?}", schedule.next_snapshot(), schedule.restore_window_days());
    /// cluster.delete_backup_schedule().await?;
    /// # Ok(()) }) }
    /// ```
    pub struct BackupSchedule(types::DiskBackupSnapshotSchedule) {
        /// Returns the time of the next snapshot; `None` if missing or malformed.
        next_snapshot: Option<Timestamp> = next_snapshot,
        /// Returns the hour of the day (UTC) of the snapshots.
        hour: Option<u64> = reference_hour_of_day,
        /// Returns the minute of that hour.
        minute: Option<u64> = reference_minute_of_hour,
        /// Returns the number of days of the restore window.
        restore_window_days: Option<u64> = restore_window_days,
    }
}

/// A handle to a snapshot, identified by its id.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// use serde_json::json;
///
/// let cluster = atlas.find_cluster("shop-production").await?.handle();
/// let taken = cluster.take_snapshot("before the migration", 7).await?;
/// let id: mongodbatlas::SnapshotId = taken.handle().id().clone();
/// let snapshot = cluster.snapshot(&id);
/// snapshot.keep_for_days(30).await?;
/// let now = snapshot.get().await?;
/// println!("{} is {}: {:?}", now.description(), now.status(), now.size());
/// println!("{:?} {:?} {:?}", now.created(), now.expires(), now.mongodb_version());
///
/// // into a cluster, to download, or as a document says
/// let job = snapshot.restore_to(cluster.project_id(), cluster.name()).await?;
/// let id: mongodbatlas::RestoreJobId = job.handle().id().clone();
/// let restoring = cluster.restore_job(&id).get().await?;
/// println!("{:?} {:?}", restoring.target_project_id(), restoring.target_cluster_name());
/// println!("{:?} {}", restoring.finished(), restoring.is_failed());
/// println!("{:?}", snapshot.make_downloadable().await?.download_urls());
/// let download = json!({"deliveryType": "download", "snapshotId": snapshot.id()});
/// cluster.create_restore_job(&download).await?.handle().cancel().await?;
/// for job in cluster.restore_jobs().collect().await? {
///     println!("{} {} {:?}", job.id(), job.delivery_type(), job.snapshot_id());
///     println!("{:?} {:?}", job.snapshot_taken(), job.expires());
///     println!("{} {}", job.is_cancelled(), job.is_expired());
/// }
/// for snapshot in cluster.snapshots().collect().await? {
///     println!("{} {} {:?}", snapshot.id(), snapshot.snapshot_type(), snapshot.frequency());
/// }
/// snapshot.delete().await?;
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

    /// Creates a call of an operation on the resource.
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

    /// Lists the snapshots of a replica set; [`sharded_snapshots`](Self::sharded_snapshots) lists
    /// those of a sharded cluster.
    pub fn snapshots(&self) -> Pager<Snapshot> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_SNAPSHOTS)
            .list(self)
    }

    /// Takes a snapshot, which Atlas keeps for this number of days. Returns before the snapshot is
    /// complete.
    ///
    /// # Errors
    ///
    /// A conflict if another snapshot is in progress or backups are disabled, or any [request
    /// error](crate::Error).
    pub async fn take_snapshot(&self, description: &str, days: u32) -> Result<Snapshot> {
        let take = self.operation(operation::TAKE_GROUP_CLUSTER_BACKUP_SNAPSHOTS);
        let document = json!({ "description": description, "retentionInDays": days });
        take.with_document(&document)?.one(self).await
    }

    /// Fetches the backup schedule.
    ///
    /// # Errors
    ///
    /// Not found for an unknown cluster or one without backups, or any [request
    /// error](crate::Error).
    pub async fn backup_schedule(&self) -> Result<BackupSchedule> {
        self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SCHEDULE)
            .one(&())
            .await
    }

    /// Updates the fields of the backup schedule in a JSON document, which is sent verbatim.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not accept, or any [request error](crate::Error).
    pub async fn update_backup_schedule(&self, changes: &impl Serialize) -> Result<BackupSchedule> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_BACKUP_SCHEDULE);
        update.with_document(changes)?.one(&()).await
    }

    /// Deletes the backup schedule. Atlas takes no further snapshots.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn delete_backup_schedule(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SCHEDULE);
        delete.deleted().await
    }
}

impl Cluster {
    /// Lists the snapshots of a replica set; [`sharded_snapshots`](Self::sharded_snapshots) lists
    /// those of a sharded cluster.
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
    /// Not found for an unknown snapshot, or any [request error](crate::Error).
    pub async fn get(&self) -> Result<Snapshot> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        get.one(&self.cluster).await
    }

    /// Sets the retention to this number of days from the creation of the snapshot.
    ///
    /// # Errors
    ///
    /// Rejected for a retention that has passed, or any [request error](crate::Error).
    pub async fn keep_for_days(&self, days: u32) -> Result<Snapshot> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        let document = json!({ "retentionUnit": "DAYS", "retentionValue": days });
        update.with_document(&document)?.one(&self.cluster).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn delete(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        delete.deleted().await
    }

    /// Restores the snapshot into a cluster, whose data is overwritten.
    ///
    /// Returns when the job has been created. The restore is complete when the job is
    /// [`finished`](crate::RestoreJobData::finished).
    ///
    /// # Errors
    ///
    /// A conflict while another job restores into the cluster, or any [request
    /// error](crate::Error).
    pub async fn restore_to(
        &self,
        project_id: &ProjectId,
        cluster_name: &str,
    ) -> Result<RestoreJob> {
        let document = json!({
            "deliveryType": "automated",
            "snapshotId": self.id,
            "targetGroupId": project_id,
            "targetClusterName": cluster_name,
        });
        self.cluster.create_restore_job(&document).await
    }

    /// Creates a restore job that prepares a download; its
    /// [`download_urls`](crate::RestoreJobData::download_urls) are set later.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn make_downloadable(&self) -> Result<RestoreJob> {
        let document = json!({ "deliveryType": "download", "snapshotId": self.id });
        self.cluster.create_restore_job(&document).await
    }
}
