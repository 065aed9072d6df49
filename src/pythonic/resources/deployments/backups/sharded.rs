//! Snapshots of sharded clusters: list, get, delete.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    api::types,
    error::Result,
    operation,
    pythonic::{
        ids::SnapshotId,
        paging::pager::Pager,
        resources::{
            define::{handle, view},
            deployments::clusters::ClusterHandle,
        },
        responses::read::Read,
    },
};

view! {
    /// A snapshot of a sharded cluster, as the server described it.
    pub struct ShardedSnapshot(types::DiskBackupShardedClusterSnapshot) in ClusterHandle, id: SnapshotId = id {
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

/// The part of a sharded cluster's snapshot that one shard or its config servers are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SnapshotMember {
    /// The id of the part, if the server sent a valid one.
    pub id: Option<SnapshotId>,
    /// The name of the replica set, such as `atlas-abcdef-shard-0`.
    pub replica_set: String,
    /// The cloud in which it is, such as `AWS`.
    pub cloud_provider: String,
}

impl<C> ShardedSnapshot<C> {
    /// Its parts: one for each shard and one for the config servers.
    pub fn members(&self) -> impl Iterator<Item = SnapshotMember> {
        self.as_api().members.iter().flatten().map(member)
    }
}

impl<C: Clone> ShardedSnapshot<C> {
    /// What can be done with it.
    pub fn handle(&self) -> ShardedSnapshotHandle<C> {
        self.parent.sharded_snapshot(&self.id)
    }
}

handle! {
    /// What can be done with a snapshot of a sharded cluster, which is known by its id.
    ///
    /// To restore it, take its id to [`ClusterHandle::snapshot`](crate::ClusterHandle::snapshot): restore
    /// jobs make no difference between the two kinds.
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
    /// # cluster.wait_until(mongodbatlas::ClusterState::Running, wait).await?;
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
    pub struct ShardedSnapshotHandle in ClusterHandle {
        /// The id.
        id: SnapshotId => "snapshotId",
    }
}

impl<C: Clone> ClusterHandle<C> {
    /// The snapshot with this id of this sharded cluster; nothing is sent before something is asked of it.
    pub fn sharded_snapshot(&self, id: &SnapshotId) -> ShardedSnapshotHandle<C> {
        ShardedSnapshotHandle {
            parent: self.clone(),
            id: id.clone(),
        }
    }
}

impl ClusterHandle {
    /// Its snapshots, if it is a sharded cluster; it comes in one piece.
    pub fn sharded_snapshots(&self) -> Pager<ShardedSnapshot> {
        self.operation(operation::LIST_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTERS)
            .list(self)
    }
}

impl ShardedSnapshotHandle {
    /// Fetches the snapshot.
    ///
    /// # Errors
    ///
    /// Not found for an unknown snapshot or a replica set's, and what a call can end with.
    pub async fn get(&self) -> Result<ShardedSnapshot> {
        let get = self.operation(operation::GET_GROUP_CLUSTER_BACKUP_SNAPSHOT_SHARDED_CLUSTER);
        get.one(&self.parent).await
    }

    /// Deletes the snapshot.
    ///
    /// # Errors
    ///
    /// What a call can end with.
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
