//! Snapshots of sharded clusters, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        deployments::clusters::{Cluster, ClusterHandle},
        paging::Items,
    },
    error::Result,
    pythonic::{ids::SnapshotId, resources::deployments::backups::ShardedSnapshotData},
};

/// A snapshot of a sharded cluster returned by the API; the blocking counterpart of
/// [`ShardedSnapshot`](crate::ShardedSnapshot).
///
/// Dereferences to [`ShardedSnapshotData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ShardedSnapshot {
    data: ShardedSnapshotData,
    #[serde(skip)]
    pub(crate) handle: ShardedSnapshotHandle,
}

impl Deref for ShardedSnapshot {
    type Target = ShardedSnapshotData;

    fn deref(&self) -> &ShardedSnapshotData {
        &self.data
    }
}

impl IntoBlocking for crate::ShardedSnapshot {
    type Output = ShardedSnapshot;

    fn into_blocking(self, atlas: &Atlas) -> ShardedSnapshot {
        ShardedSnapshot {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
    }
}

impl ShardedSnapshot {
    /// Returns the handle.
    pub fn handle(&self) -> ShardedSnapshotHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the snapshot.
    ///
    /// # Errors
    ///
    /// See [`ShardedSnapshotHandle::get`].
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// See [`ShardedSnapshotHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }
}

/// A handle to a snapshot of a sharded cluster, identified by its id; the blocking counterpart of
/// [`ShardedSnapshotHandle`](crate::ShardedSnapshotHandle).
///
/// To restore the snapshot, pass its id to
/// [`ClusterHandle::snapshot`](crate::blocking::ClusterHandle::snapshot).
#[derive(Clone, Debug)]
pub struct ShardedSnapshotHandle {
    pub(crate) inner: crate::ShardedSnapshotHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::ShardedSnapshotHandle {
    type Output = ShardedSnapshotHandle;

    fn into_blocking(self, atlas: &Atlas) -> ShardedSnapshotHandle {
        ShardedSnapshotHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl ShardedSnapshotHandle {
    /// Returns the id.
    pub fn id(&self) -> &SnapshotId {
        self.inner.id()
    }
}

impl ClusterHandle {
    /// Returns a handle to the snapshot with this id of a sharded cluster. Does not send a request.
    pub fn sharded_snapshot(&self, id: &SnapshotId) -> ShardedSnapshotHandle {
        self.inner.sharded_snapshot(id).into_blocking(&self.atlas)
    }

    /// Lists the snapshots of a sharded cluster. The list has one page.
    pub fn sharded_snapshots(&self) -> Items<ShardedSnapshot> {
        self.atlas.list(self.inner.sharded_snapshots())
    }
}

impl Cluster {
    /// Lists the snapshots of a sharded cluster. The list has one page.
    ///
    /// See [`ClusterHandle::sharded_snapshots`].
    pub fn sharded_snapshots(&self) -> Items<ShardedSnapshot> {
        self.handle.sharded_snapshots()
    }
}

impl ShardedSnapshotHandle {
    /// Fetches the snapshot.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the snapshot does not exist or belongs
    /// to a replica set, or any [request error](crate::Error#request-errors).
    pub fn get(&self) -> Result<ShardedSnapshot> {
        self.atlas.fetch(self.inner.get())
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }
}
