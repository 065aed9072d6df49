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
            deployments::clusters::{Cluster, ClusterHandle},
        },
        responses::{endpoint::FromRecord, read::Read, record::Record},
    },
    request::Call,
};

resource! {
    /// The data of [`ShardedSnapshot`].
    pub struct ShardedSnapshotData(types::DiskBackupShardedClusterSnapshot), id: SnapshotId = id {
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
        self.as_api().members.iter().flatten().map(member)
    }
}

impl ShardedSnapshot {
    /// Returns the handle.
    pub fn handle(&self) -> ShardedSnapshotHandle {
        self.handle.clone()
    }

    /// Fetches the snapshot again.
    ///
    /// # Errors
    ///
    /// As [`ShardedSnapshotHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// As [`ShardedSnapshotHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }
}

/// A handle to a snapshot of a sharded cluster, identified by its id.
///
/// To restore it, pass its id to [`ClusterHandle::snapshot`](crate::ClusterHandle::snapshot):
/// restore jobs do not distinguish the two kinds.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// # let shard = serde_json::json!({"regionConfigs": [{
/// #     "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
/// #     "electableSpecs": {"instanceSize": "M30", "nodeCount": 3},
/// # }]});
/// # let document = serde_json::json!({
/// #     "name": "sharded", "clusterType": "SHARDED", "backupEnabled": true,
/// #     "replicationSpecs": [shard, shard],
/// # });
/// # let project = atlas.find_project("Storefront").await?.handle();
/// # let cluster = project.create_cluster(&document).await?.handle();
/// # let quick = std::time::Duration::from_millis(5);
/// # let wait = mongodbatlas::Wait::new().with_intervals(quick, quick);
/// # cluster.wait_until_running(wait).await?;
/// let cluster = atlas.find_cluster("sharded").await?.handle();
/// cluster.take_snapshot("all shards", 7).await?;
/// let snapshots = cluster.sharded_snapshots().collect().await?;
/// for snapshot in &snapshots {
///     println!("{} is {}: {:?}", snapshot.description(), snapshot.status(), snapshot.size());
///     println!("{} {:?}", snapshot.snapshot_type(), snapshot.frequency());
///     println!("{:?} {:?}", snapshot.created(), snapshot.expires());
///     println!("{:?}", snapshot.mongodb_version());
///     let members: Vec<mongodbatlas::SnapshotMember> = snapshot.members().collect();
///     println!("{members:?}");
/// }
///
/// let snapshot = cluster.sharded_snapshot(snapshots[0].handle().id());
/// assert_eq!(snapshot.get().await?.id(), snapshots[0].id());
/// snapshot.delete().await?;
/// # Ok(()) }) }
/// ```
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

    /// Creates a call of an operation on the resource.
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
    /// Not found for an unknown snapshot or one of a replica set, or any [request
    /// error](crate::Error).
    pub async fn get(&self) -> Result<ShardedSnapshot> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTER);
        get.one(&self.cluster).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// Any [request error](crate::Error).
    pub async fn delete(&self) -> Result<()> {
        let delete =
            self.operation(operation::DELETE_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTER);
        delete.deleted().await
    }
}

fn member(member: &types::DiskBackupShardedClusterSnapshotMember) -> SnapshotMember {
    let text = |field| <&str>::read(field).to_owned();
    SnapshotMember {
        id: Read::read(&member.id),
        replica_set: text(&member.replica_set_name),
        cloud_provider: <&str>::read(&member.cloud_provider).to_owned(),
    }
}
