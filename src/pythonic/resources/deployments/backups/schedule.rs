//! The backup schedule of a cluster.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::resources::{define::resource, deployments::clusters::ClusterHandle},
};

resource! {
    /// The backup schedule of a cluster.
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

impl ClusterHandle {
    /// Fetches the backup schedule.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the cluster does not exist or has no
    /// backups, or any [request error](crate::Error#request-errors).
    pub async fn backup_schedule(&self) -> Result<BackupSchedule> {
        self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SCHEDULE)
            .fetch(&())
            .await
    }

    /// Updates the fields of the backup schedule that `changes` contains. The document is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-production").await?.handle();
    /// let time = serde_json::json!({"referenceHourOfDay": 3, "referenceMinuteOfHour": 30});
    /// let schedule = cluster.update_backup_schedule(&time).await?;
    /// assert_eq!((schedule.hour(), schedule.minute()), (Some(3), Some(30)));
    /// # Ok(()) }) }
    /// ```
    pub async fn update_backup_schedule(&self, changes: &impl Serialize) -> Result<BackupSchedule> {
        let update = self.operation(operation::UPDATE_GROUP_CLUSTER_BACKUP_SCHEDULE);
        update.with_document(changes)?.fetch(&()).await
    }

    /// Deletes the backup schedule. Atlas then takes no scheduled snapshots.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete_backup_schedule(&self) -> Result<()> {
        let delete = self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SCHEDULE);
        delete.execute_delete().await
    }
}
