//! Snapshots, restore jobs and schedules, async and blocking.

use std::time::Duration;

use mongodbatlas::ClusterHandle;
use serde_json::{Value, json};

use crate::support::Local;

/// A cluster with backups.
async fn cluster(local: &Local) -> ClusterHandle {
    let project = local.project();
    let cluster = project.clusters().try_next().await.unwrap();
    cluster.expect("a cluster").handle()
}

/// A cluster of two shards.
fn sharded() -> Value {
    let shard = json!({"regionConfigs": [{
        "providerName": "AWS", "regionName": "EU_WEST_1", "priority": 7,
        "electableSpecs": {"instanceSize": "M30", "nodeCount": 3},
    }]});
    json!({
        "name": "sharded", "clusterType": "SHARDED", "backupEnabled": true,
        "replicationSpecs": [shard, shard],
    })
}

#[tokio::test]
async fn a_snapshot_is_taken_kept_and_deleted() {
    let local = Local::demo();
    let cluster = cluster(&local).await;

    let taken = cluster
        .take_snapshot("before the migration", 7)
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let handle = taken.handle();
    let complete = handle.get().await.unwrap();
    let kept = handle.keep_for_days(30).await.unwrap();
    let listed = cluster.snapshots().collect().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(taken.description(), "before the migration");
    assert_eq!(complete.status(), "completed");
    assert!(kept.expires() > complete.expires(), "{kept:?}");
    assert!(listed.iter().any(|snapshot| snapshot.id() == taken.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_snapshot_is_restored_and_made_downloadable() {
    let local = Local::demo();
    let cluster = cluster(&local).await;
    let snapshot = cluster
        .take_snapshot("before the migration", 7)
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let snapshot = snapshot.handle();

    let restoring = snapshot
        .restore_to(cluster.project_id(), cluster.name())
        .await
        .unwrap();
    let download = snapshot.make_downloadable().await.unwrap();
    local.simulator.advance(Duration::from_hours(2));
    let restored = restoring.handle().get().await.unwrap();
    let listed = cluster.restore_jobs().collect().await.unwrap();

    assert_eq!(restoring.delivery_type(), "automated");
    assert_eq!(restoring.snapshot_id().as_ref(), Some(snapshot.id()));
    assert_eq!(restoring.target_cluster_name(), Some(cluster.name()));
    assert_eq!(download.delivery_type(), "download");
    assert!(restored.finished().is_some() && !restored.is_failed());
    assert_eq!(listed.len(), 2);
}

#[tokio::test]
async fn a_schedule_is_read_and_changed() {
    let local = Local::demo();
    let cluster = cluster(&local).await;

    let before = cluster.backup_schedule().await.unwrap();
    let early = json!({"referenceHourOfDay": 3, "referenceMinuteOfHour": 30});
    cluster.update_backup_schedule(&early).await.unwrap();
    let after = cluster.backup_schedule().await.unwrap();

    assert_eq!((after.hour(), after.minute()), (Some(3), Some(30)));
    assert_eq!(
        before.as_api().cluster_name.as_deref(),
        Some(cluster.name())
    );
    cluster.delete_backup_schedule().await.unwrap();
}

#[test]
fn blocking_api_does_the_same() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let cluster = project.clusters().next().unwrap().unwrap().handle();

    let taken = cluster.take_snapshot("before the migration", 7).unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let handle = taken.handle();
    let job = handle
        .restore_to(cluster.project_id(), cluster.name())
        .unwrap();
    let download = handle.make_downloadable().unwrap();
    let document = json!({"deliveryType": "download", "snapshotId": taken.id()});
    let own = cluster.create_restore_job(&document).unwrap();
    own.handle().cancel().unwrap();
    cluster
        .update_backup_schedule(&json!({"referenceHourOfDay": 3}))
        .unwrap();

    assert_eq!(handle.get().unwrap().status(), "completed");
    assert!(handle.keep_for_days(30).unwrap().expires() > taken.expires());
    assert!(
        cluster
            .snapshots()
            .any(|one| one.unwrap().id() == taken.id())
    );
    assert!(cluster.restore_jobs().count() >= 2);
    assert_eq!(job.handle().get().unwrap().id(), job.id());
    assert_ne!(job.id(), download.id());
    assert_eq!(cluster.backup_schedule().unwrap().hour(), Some(3));
    cluster.delete_backup_schedule().unwrap();
    handle.delete().unwrap();
    assert!(handle.get().unwrap_err().is_not_found());
    let shards = project.create_cluster(&sharded()).unwrap().handle();
    local.simulator.advance(Duration::from_hours(1));
    shards.take_snapshot("all shards", 7).unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let snapshot = shards.sharded_snapshots().next().unwrap().unwrap().handle();
    assert_eq!(snapshot.get().unwrap().id(), snapshot.id());
    snapshot.delete().unwrap();
}

#[tokio::test]
async fn a_snapshot_of_a_sharded_cluster_is_listed_restored_and_deleted() {
    let local = Local::demo();
    let project = local.project();
    let cluster = project.create_cluster(&sharded()).await.unwrap().handle();
    local.simulator.advance(Duration::from_hours(1));
    let taken = cluster.take_snapshot("all shards", 7).await.unwrap();
    local.simulator.advance(Duration::from_hours(1));

    let listed = cluster.sharded_snapshots().collect().await.unwrap();
    let snapshot = listed.iter().find(|one| one.id() == taken.id());
    let snapshot = snapshot.expect("the snapshot that was taken");
    let handle = snapshot.handle();
    let fetched = handle.get().await.unwrap();
    let restorable = cluster.snapshot(snapshot.id());
    let job = restorable
        .restore_to(cluster.project_id(), cluster.name())
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(2));
    handle.delete().await.unwrap();

    assert_eq!(fetched.description(), "all shards");
    assert_eq!(fetched.status(), "completed");
    let members: Vec<_> = fetched.members().collect();
    assert!(members.len() > 1, "{members:?}");
    assert!(
        members
            .iter()
            .all(|member| member.id.is_some() && !member.replica_set.is_empty())
    );
    assert_eq!(job.target_cluster_name(), Some(cluster.name()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}
