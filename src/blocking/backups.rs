//! Backups: each verb waits for its async twin.

use serde::Serialize;

use crate::blocking::{
    ClusterHandle, Items, RestoreJob, RestoreJobHandle, ShardedSnapshot, ShardedSnapshotHandle,
    Snapshot, SnapshotHandle, twin::twins,
};
use crate::{
    error::Result,
    pythonic::{ids::ProjectId, resources::deployments::backups::BackupSchedule},
};

twins! {
    impl ClusterHandle {
        /// Its snapshots; those of a sharded cluster are in `sharded_snapshots`.
        fn snapshots() -> Items<Snapshot>;

        /// Takes a snapshot, which is kept for so many days.
        fn take_snapshot(description: &str, days: u32) -> Result<Snapshot>;

        /// The jobs that restore its snapshots.
        fn restore_jobs() -> Items<RestoreJob>;

        /// Creates a restore job from a JSON document, which is sent as it is.
        fn create_restore_job(document: &impl Serialize) -> Result<RestoreJob>;

        /// Fetches the schedule of its snapshots.
        fn backup_schedule() -> Result<BackupSchedule>;

        /// Changes what a JSON document holds of the schedule; it is sent as it is.
        fn update_backup_schedule(changes: &impl Serialize) -> Result<BackupSchedule>;

        /// Deletes the schedule: no snapshots are taken any more.
        fn delete_backup_schedule() -> Result<()>;
    }

    impl ClusterHandle {
        /// Its snapshots, if it is a sharded cluster; it comes in one piece.
        fn sharded_snapshots() -> Items<ShardedSnapshot>;
    }

    impl ShardedSnapshotHandle {
        /// Fetches the snapshot.
        fn get() -> Result<ShardedSnapshot>;

        /// Deletes the snapshot.
        fn delete() -> Result<()>;
    }

    impl SnapshotHandle {
        /// Fetches the snapshot.
        fn get() -> Result<Snapshot>;

        /// Keeps the snapshot for so many days from its taking, instead of as long as before.
        fn keep_for_days(days: u32) -> Result<Snapshot>;

        /// Deletes the snapshot.
        fn delete() -> Result<()>;

        /// Restores the snapshot into a cluster, which loses everything that it holds.
        fn restore_to(project_id: &ProjectId, cluster_name: &str) -> Result<RestoreJob>;

        /// Makes the snapshot downloadable; the job's [`download_urls`](RestoreJob::download_urls)
        /// come a while later.
        fn make_downloadable() -> Result<RestoreJob>;
    }

    impl RestoreJobHandle {
        /// Fetches the restore job.
        fn get() -> Result<RestoreJob>;

        /// Cancels the job.
        fn cancel() -> Result<()>;
    }
}
