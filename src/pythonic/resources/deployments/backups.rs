//! Backups of a cluster: snapshots, the jobs that restore them, and the schedule that takes them.

mod sharded;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

pub use sharded::{ShardedSnapshot, ShardedSnapshotHandle, SnapshotMember};

use crate::pythonic::{
    ids::{ProjectId, RestoreJobId, SnapshotId},
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        deployments::clusters::ClusterHandle,
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// A snapshot, as the server described it.
    pub struct Snapshot(types::DiskBackupSnapshot) in ClusterHandle, id: SnapshotId = id {
        /// What somebody wrote about it; empty for scheduled ones.
        description: &str = description,
        /// How far it is, as the server calls it: `queued`, `inProgress`, `completed` or `failed`.
        status: &str = status,
        /// Who had it taken: `onDemand` or `scheduled`.
        snapshot_type: &str = snapshot_type,
        /// How often its schedule takes one, such as `daily`; none for one on demand.
        frequency: Option<&str> = frequency_type,
        /// When it was taken, if the server sent a valid time.
        created: Option<Timestamp> = created_at,
        /// When Atlas will delete it.
        expires: Option<Timestamp> = expires_at,
        /// How many bytes it holds.
        size: Option<u64> = storage_size_bytes,
        /// The version of MongoDB that wrote it.
        mongodb_version: Option<&str> = mongod_version,
    }
}

impl<C: Clone> Snapshot<C> {
    /// What can be done with it.
    pub fn handle(&self) -> SnapshotHandle<C> {
        self.parent.snapshot(&self.id)
    }
}

view! {
    /// A job that restores a snapshot or makes it downloadable, as the server described it.
    pub struct RestoreJob(types::DiskBackupSnapshotRestoreJob) in ClusterHandle, id: RestoreJobId = id {
        /// Where the snapshot goes: `automated` (into a cluster), `download` or `pointInTime`.
        delivery_type: &str = delivery_type,
        /// The snapshot, if the job has one.
        snapshot_id: Option<SnapshotId> = snapshot_id,
        /// The project of the cluster that is overwritten, if one is.
        target_project_id: Option<ProjectId> = target_group_id,
        /// The name of the cluster that is overwritten, if one is.
        target_cluster_name: Option<&str> = target_cluster_name,
        /// Where the snapshot can be downloaded. Whoever knows an address can; treat it as a secret.
        download_urls: Vec<&str> = delivery_url,
        /// When the snapshot was taken, if the server sent a valid time.
        snapshot_taken: Option<Timestamp> = timestamp,
        /// When the job was done; none while it is not.
        finished: Option<Timestamp> = finished_at,
        /// When the addresses cease to work, if there are any.
        expires: Option<Timestamp> = expires_at,
        /// Whether it was cancelled.
        is_cancelled: bool = cancelled,
        /// Whether it failed.
        is_failed: bool = failed,
        /// Whether its addresses have ceased to work.
        is_expired: bool = expired,
    }
}

impl<C: Clone> RestoreJob<C> {
    /// What can be done with it.
    pub fn handle(&self) -> RestoreJobHandle<C> {
        self.parent.restore_job(&self.id)
    }
}

view! {
    /// When snapshots of a cluster are taken and how long they are kept, as the server described it.
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
        /// When the next one is due, if the server sent a valid time.
        next_snapshot: Option<Timestamp> = next_snapshot,
        /// The hour of the day (UTC) at which they are taken.
        hour: Option<u64> = reference_hour_of_day,
        /// The minute of that hour.
        minute: Option<u64> = reference_minute_of_hour,
        /// How many days back a cluster can be restored to any point in time.
        restore_window_days: Option<u64> = restore_window_days,
    }
}

handle! {
    /// What can be done with a snapshot, which is known by its id.
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
    pub struct SnapshotHandle in ClusterHandle {
        /// The id.
        id: SnapshotId => "snapshotId",
    }
}

handle! {
    /// What can be done with a restore job, which is known by its id.
    pub struct RestoreJobHandle in ClusterHandle {
        /// The id.
        id: RestoreJobId => "restoreJobId",
    }
}

impl<C: Clone> ClusterHandle<C> {
    /// The snapshot with this id; nothing is sent before something is asked of it.
    pub fn snapshot(&self, id: &SnapshotId) -> SnapshotHandle<C> {
        SnapshotHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }

    /// The restore job with this id; nothing is sent before something is asked of it.
    pub fn restore_job(&self, id: &RestoreJobId) -> RestoreJobHandle<C> {
        RestoreJobHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ClusterHandle {
    /// Its snapshots; those of a sharded cluster are in [`sharded_snapshots`](Self::sharded_snapshots).
    pub fn snapshots(&self) -> Pager<Snapshot> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_SNAPSHOTS)
            .list(self)
    }

    /// Takes a snapshot, which is kept for so many days. The answer comes before it is complete.
    ///
    /// # Errors
    ///
    /// A conflict if one is being taken or the cluster has no backups, and what a call can end with.
    pub async fn take_snapshot(&self, description: &str, days: u32) -> Result<Snapshot> {
        let take = self.operation(operation::TAKE_GROUP_CLUSTER_BACKUP_SNAPSHOTS);
        let document = json!({ "description": description, "retentionInDays": days });
        take.with_document(&document)?.one(self).await
    }

    /// The jobs that restore its snapshots.
    pub fn restore_jobs(&self) -> Pager<RestoreJob> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_RESTORE_JOBS)
            .list(self)
    }

    /// Creates a restore job from a JSON document, which is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn create_restore_job(&self, document: &impl Serialize) -> Result<RestoreJob> {
        let create = self.operation(operation::CREATE_GROUP_CLUSTER_BACKUP_RESTORE_JOB);
        create.with_document(document)?.one(self).await
    }

    /// Fetches the schedule of its snapshots.
    ///
    /// # Errors
    ///
    /// Not found for an unknown cluster or one without backups, and what a call can end with.
    pub async fn backup_schedule(&self) -> Result<BackupSchedule> {
        self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SCHEDULE)
            .one(&())
            .await
    }

    /// Changes what a JSON document holds of the schedule; it is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update_backup_schedule(&self, changes: &impl Serialize) -> Result<BackupSchedule> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_BACKUP_SCHEDULE);
        update.with_document(changes)?.one(&()).await
    }

    /// Deletes the schedule: no snapshots are taken any more.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete_backup_schedule(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SCHEDULE);
        delete.deleted().await
    }
}

impl SnapshotHandle {
    /// Fetches the snapshot.
    ///
    /// # Errors
    ///
    /// Not found for an unknown snapshot, and what a call can end with.
    pub async fn get(&self) -> Result<Snapshot> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        get.one(&self.parent).await
    }

    /// Keeps the snapshot for so many days from its taking, instead of as long as before.
    ///
    /// # Errors
    ///
    /// Rejected for a time that is over, and what a call can end with.
    pub async fn keep_for_days(&self, days: u32) -> Result<Snapshot> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        let document = json!({ "retentionUnit": "DAYS", "retentionValue": days });
        update.with_document(&document)?.one(&self.parent).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SNAPSHOT);
        delete.deleted().await
    }

    /// Restores the snapshot into a cluster, which loses everything that it holds.
    ///
    /// The answer comes when the job has been created; it is done when it has
    /// [`finished`](RestoreJob::finished).
    ///
    /// # Errors
    ///
    /// A conflict while another job restores into it, and what a call can end with.
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
        self.parent.create_restore_job(&document).await
    }

    /// Makes the snapshot downloadable; the job's
    /// [`download_urls`](RestoreJob::download_urls) come a while later.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn make_downloadable(&self) -> Result<RestoreJob> {
        let document = json!({ "deliveryType": "download", "snapshotId": self.id });
        self.parent.create_restore_job(&document).await
    }
}

impl RestoreJobHandle {
    /// Fetches the restore job.
    ///
    /// # Errors
    ///
    /// Not found for an unknown job, and what a call can end with.
    pub async fn get(&self) -> Result<RestoreJob> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_RESTORE_JOB);
        get.one(&self.parent).await
    }

    /// Cancels the job.
    ///
    /// # Errors
    ///
    /// A conflict if it is done, and what a call can end with.
    pub async fn cancel(&self) -> Result<()> {
        let cancel = self.operation(operation::CANCEL_GROUP_CLUSTER_BACKUP_RESTORE_JOB);
        cancel.deleted().await
    }
}
