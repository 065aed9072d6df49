//! Backups of a cluster: snapshots, restore jobs and the backup schedule, without `async`.

mod restore_jobs;
mod sharded;

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        deployments::clusters::{Cluster, ClusterHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::SnapshotId,
        resources::deployments::backups::{BackupSchedule, Retention, SnapshotData},
    },
};

pub use restore_jobs::{RestoreJob, RestoreJobHandle};
pub use sharded::{ShardedSnapshot, ShardedSnapshotHandle};

/// A snapshot returned by the API; the blocking counterpart of [`Snapshot`](crate::Snapshot).
///
/// Dereferences to [`SnapshotData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Snapshot {
    data: SnapshotData,
    #[serde(skip)]
    pub(crate) handle: SnapshotHandle,
}

impl Deref for Snapshot {
    type Target = SnapshotData;

    fn deref(&self) -> &SnapshotData {
        &self.data
    }
}

impl IntoBlocking for crate::Snapshot {
    type Output = Snapshot;

    fn into_blocking(self, atlas: &Atlas) -> Snapshot {
        Snapshot {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
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
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Sets the retention, which starts at the creation of the snapshot.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::set_retention`].
    pub fn set_retention(&self, retention: Retention) -> Result<Self> {
        self.handle.set_retention(retention)
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Restores the snapshot into a cluster and overwrites its data.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::restore_to`].
    pub fn restore_to(&self, target: &ClusterHandle) -> Result<RestoreJob> {
        self.handle.restore_to(target)
    }

    /// Creates a restore job that prepares a download. The
    /// [`download_urls`](crate::RestoreJobData::download_urls) are set when it has finished.
    ///
    /// # Errors
    ///
    /// See [`SnapshotHandle::make_downloadable`].
    pub fn make_downloadable(&self) -> Result<RestoreJob> {
        self.handle.make_downloadable()
    }
}

/// A handle to a snapshot, identified by its id; the blocking counterpart of
/// [`SnapshotHandle`](crate::SnapshotHandle).
#[derive(Clone, Debug)]
pub struct SnapshotHandle {
    pub(crate) inner: crate::SnapshotHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::SnapshotHandle {
    type Output = SnapshotHandle;

    fn into_blocking(self, atlas: &Atlas) -> SnapshotHandle {
        SnapshotHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl SnapshotHandle {
    /// Returns the id.
    pub fn id(&self) -> &SnapshotId {
        self.inner.id()
    }
}

impl ClusterHandle {
    /// Returns a handle to the snapshot with this id. Does not send a request.
    pub fn snapshot(&self, id: &SnapshotId) -> SnapshotHandle {
        self.inner.snapshot(id).into_blocking(&self.atlas)
    }

    /// Lists the snapshots of a replica set. [`sharded_snapshots`](Self::sharded_snapshots) lists
    /// the snapshots of a sharded cluster.
    pub fn snapshots(&self) -> Items<Snapshot> {
        self.atlas.list(self.inner.snapshots())
    }

    /// Takes a snapshot. Returns before the snapshot is complete.
    ///
    /// # Errors
    ///
    /// Returns [`Conflict`](crate::ErrorKind::Conflict) if another snapshot is in progress or
    /// backups are disabled, or any [request error](crate::Error#request-errors).
    pub fn take_snapshot(&self, description: &str, retention: Retention) -> Result<Snapshot> {
        self.atlas
            .fetch(self.inner.take_snapshot(description, retention))
    }

    /// Fetches the backup schedule.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the cluster does not exist or has no
    /// backups, or any [request error](crate::Error#request-errors).
    pub fn backup_schedule(&self) -> Result<BackupSchedule> {
        self.atlas.wait(self.inner.backup_schedule())
    }

    /// Updates the fields of the backup schedule that `changes` contains. The document is sent
    /// verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update_backup_schedule(&self, changes: &impl Serialize) -> Result<BackupSchedule> {
        self.atlas.wait(self.inner.update_backup_schedule(changes))
    }

    /// Deletes the backup schedule. Atlas then takes no scheduled snapshots.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete_backup_schedule(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete_backup_schedule())
    }
}

impl Cluster {
    /// Lists the snapshots of a replica set. [`sharded_snapshots`](Self::sharded_snapshots) lists
    /// the snapshots of a sharded cluster.
    ///
    /// See [`ClusterHandle::snapshots`].
    pub fn snapshots(&self) -> Items<Snapshot> {
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
    pub fn get(&self) -> Result<Snapshot> {
        self.atlas.fetch(self.inner.get())
    }

    /// Sets the retention, which starts at the creation of the snapshot.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the new expiry is in the past, or
    /// any [request error](crate::Error#request-errors).
    pub fn set_retention(&self, retention: Retention) -> Result<Snapshot> {
        self.atlas.fetch(self.inner.set_retention(retention))
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
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
    pub fn restore_to(&self, target: &ClusterHandle) -> Result<RestoreJob> {
        self.atlas.fetch(self.inner.restore_to(&target.inner))
    }

    /// Creates a restore job that prepares a download. The
    /// [`download_urls`](crate::RestoreJobData::download_urls) are set when it has finished.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn make_downloadable(&self) -> Result<RestoreJob> {
        self.atlas.fetch(self.inner.make_downloadable())
    }
}
