//! Snapshots of sharded clusters.

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;

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
            deployments::{
                backups::SnapshotStatus,
                clusters::{Cluster, ClusterHandle},
            },
        },
        responses::{endpoint::FromRecord, read::Read, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of a [`ShardedSnapshot`], which the async and the blocking type share.
    pub struct ShardedSnapshotData(types::DiskBackupShardedClusterSnapshot), id: SnapshotId = id {
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

/// A snapshot of a sharded cluster returned by the API.
///
/// Dereferences to [`ShardedSnapshotData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ShardedSnapshot {
    pub(crate) data: ShardedSnapshotData,
    #[serde(skip)]
    pub(crate) handle: ShardedSnapshotHandle,
}

impl Deref for ShardedSnapshot {
    type Target = ShardedSnapshotData;

    fn deref(&self) -> &ShardedSnapshotData {
        &self.data
    }
}

impl FromRecord<ClusterHandle> for ShardedSnapshot {
    type Api = types::DiskBackupShardedClusterSnapshot;

    fn from_record(cluster: &ClusterHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = ShardedSnapshotData::from_record(cluster, record)?;
        let handle = cluster.sharded_snapshot(data.id());
        Ok(Self { data, handle })
    }
}

/// One member of a sharded cluster's snapshot: a shard or the config servers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SnapshotMember {
    /// The id; `None` if missing or malformed.
    pub id: Option<SnapshotId>,
    /// The name of the replica set, such as `atlas-abcdef-shard-0`.
    pub replica_set: String,
    /// The cloud provider, such as `AWS`.
    pub cloud_provider: String,
}

impl ShardedSnapshotData {
    /// Returns one member for each shard and one for the config servers.
    pub fn members(&self) -> impl Iterator<Item = SnapshotMember> {
        self.as_api()
            .members
            .iter()
            .flatten()
            .map(to_snapshot_member)
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
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// See [`ShardedSnapshotHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to a snapshot of a sharded cluster, identified by its id.
///
/// To restore the snapshot, pass its id to
/// [`ClusterHandle::snapshot`](crate::ClusterHandle::snapshot).
#[derive(Clone, Debug)]
pub struct ShardedSnapshotHandle {
    pub(crate) cluster: ClusterHandle,
    pub(crate) id: SnapshotId,
}

impl ShardedSnapshotHandle {
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
    /// Returns a handle to the snapshot with this id of a sharded cluster. Does not send a request.
    pub fn sharded_snapshot(&self, id: &SnapshotId) -> ShardedSnapshotHandle {
        ShardedSnapshotHandle {
            cluster: self.clone(),
            id: id.clone(),
        }
    }

    /// Lists the snapshots of a sharded cluster. The list has one page.
    pub fn sharded_snapshots(&self) -> Pager<ShardedSnapshot> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTERS)
            .list(self)
    }
}

impl Cluster {
    /// Lists the snapshots of a sharded cluster. The list has one page.
    ///
    /// See [`ClusterHandle::sharded_snapshots`].
    pub fn sharded_snapshots(&self) -> Pager<ShardedSnapshot> {
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
    pub async fn get(&self) -> Result<ShardedSnapshot> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTER);
        get.fetch(&self.cluster).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        let delete =
            self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTER);
        delete.execute_delete().await
    }
}

fn to_snapshot_member(member: &types::DiskBackupShardedClusterSnapshotMember) -> SnapshotMember {
    let read_string = |field| <&str>::read(field).to_owned();
    SnapshotMember {
        id: Read::read(&member.id),
        replica_set: read_string(&member.replica_set_name),
        cloud_provider: <&str>::read(&member.cloud_provider).to_owned(),
    }
}
