//! Snapshots, restore jobs and schedules, async and blocking.

use std::time::Duration;

use mongodbatlas::{ClusterHandle, Retention, SnapshotStatus};
use serde_json::{Value, json};

use crate::support::Local;

/// Returns a cluster with backups.
async fn cluster_with_backups(local: &Local) -> ClusterHandle {
    let project = local.project();
    let cluster = project.clusters().try_next().await.unwrap();
    cluster.expect("a cluster").handle()
}

/// Returns the document of a cluster with two shards.
fn sharded_cluster() -> Value {
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
async fn takes_retains_and_deletes_snapshot() {
    let local = Local::demo();
    let cluster = cluster_with_backups(&local).await;

    let created = cluster
        .take_snapshot("before the migration", Retention::from_weeks(1))
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let handle = created.handle();
    let complete = handle.get().await.unwrap();
    let retained = handle
        .set_retention(Retention::from_days(30))
        .await
        .unwrap();
    let listed = cluster.snapshots().collect().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!(created.description(), "before the migration");
    assert_eq!(complete.status(), SnapshotStatus::Completed);
    assert!(retained.expires() > complete.expires(), "{retained:?}");
    assert!(listed.iter().any(|snapshot| snapshot.id() == created.id()));
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn restores_snapshot_and_prepares_download() {
    let local = Local::demo();
    let cluster = cluster_with_backups(&local).await;
    let snapshot = cluster
        .take_snapshot("before the migration", Retention::from_weeks(1))
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let snapshot = snapshot.handle();

    let job = snapshot.restore_to(&cluster).await.unwrap();
    let download = snapshot.make_downloadable().await.unwrap();
    local.simulator.advance(Duration::from_hours(2));
    let restored = job.handle().get().await.unwrap();
    let listed = cluster.restore_jobs().collect().await.unwrap();

    assert_eq!(job.delivery_type(), "automated");
    assert_eq!(job.snapshot_id().as_ref(), Some(snapshot.id()));
    assert_eq!(job.target_cluster_name(), Some(cluster.name()));
    assert_eq!(download.delivery_type(), "download");
    assert!(restored.finished().is_some() && !restored.is_failed());
    assert_eq!(listed.len(), 2);
}

#[tokio::test]
async fn downloads_files_behind_links_without_credentials() {
    let local = Local::demo();
    let link = format!(
        "{}/downloads/snapshot.tgz?signature=s3cret",
        local.simulator.base_url()
    );
    let refused = "http://127.0.0.1:1/downloads/snapshot.tgz?signature=s3cret";

    let bytes = local
        .atlas
        .download_link(&link)
        .await
        .unwrap()
        .into_bytes()
        .await
        .unwrap();
    let mut copy = Vec::new();
    let blocking = local.blocking();
    let count = tokio::task::spawn_blocking(move || blocking.download_link(&link, &mut copy));
    let unreachable = local.atlas.download_link(refused).await.unwrap_err();
    let malformed = local.atlas.download_link("snapshot.tgz").await.unwrap_err();

    assert!(!bytes.is_empty());
    assert_eq!(count.await.unwrap().unwrap(), bytes.len() as u64);
    assert!(!format!("{unreachable} {unreachable:?}").contains("s3cret"));
    assert_eq!(malformed.kind(), mongodbatlas::ErrorKind::InvalidInput);
}

#[tokio::test]
async fn reads_updates_and_deletes_schedule() {
    let local = Local::demo();
    let cluster = cluster_with_backups(&local).await;

    let before = cluster.backup_schedule().await.unwrap();
    let time = json!({"referenceHourOfDay": 3, "referenceMinuteOfHour": 30});
    cluster.update_backup_schedule(&time).await.unwrap();
    let after = cluster.backup_schedule().await.unwrap();

    assert_eq!((after.hour(), after.minute()), (Some(3), Some(30)));
    assert_eq!(
        before.as_api().cluster_name.as_deref(),
        Some(cluster.name())
    );
    cluster.delete_backup_schedule().await.unwrap();
}

#[test]
fn blocking_manages_snapshots_restore_jobs_and_schedule() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let cluster = project.clusters().next().unwrap().unwrap().handle();

    let created = cluster
        .take_snapshot("before the migration", Retention::from_weeks(1))
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let handle = created.handle();
    let job = handle.restore_to(&cluster).unwrap();
    let download = handle.make_downloadable().unwrap();
    let document = json!({"deliveryType": "download", "snapshotId": created.id()});
    let cancelled = cluster.create_restore_job(&document).unwrap();
    cancelled.handle().cancel().unwrap();
    cluster
        .update_backup_schedule(&json!({"referenceHourOfDay": 3}))
        .unwrap();

    assert_eq!(handle.get().unwrap().status(), SnapshotStatus::Completed);
    assert!(
        handle
            .set_retention(Retention::from_days(30))
            .unwrap()
            .expires()
            > created.expires()
    );
    assert!(
        cluster
            .snapshots()
            .any(|snapshot| snapshot.unwrap().id() == created.id())
    );
    assert!(cluster.restore_jobs().count() >= 2);
    assert_eq!(job.handle().get().unwrap().id(), job.id());
    assert_ne!(job.id(), download.id());
    assert_eq!(cluster.backup_schedule().unwrap().hour(), Some(3));
    cluster.delete_backup_schedule().unwrap();
    handle.delete().unwrap();
    assert!(handle.get().unwrap_err().is_not_found());
    let sharded = project.create_cluster(&sharded_cluster()).unwrap().handle();
    local.simulator.advance(Duration::from_hours(1));
    sharded
        .take_snapshot("all shards", Retention::from_weeks(1))
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));
    let snapshot = sharded
        .sharded_snapshots()
        .next()
        .unwrap()
        .unwrap()
        .handle();
    assert_eq!(snapshot.get().unwrap().id(), snapshot.id());
    snapshot.delete().unwrap();
}

#[tokio::test]
async fn lists_restores_and_deletes_sharded_snapshot() {
    let local = Local::demo();
    let project = local.project();
    let cluster = project
        .create_cluster(&sharded_cluster())
        .await
        .unwrap()
        .handle();
    local.simulator.advance(Duration::from_hours(1));
    let created = cluster
        .take_snapshot("all shards", Retention::from_weeks(1))
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(1));

    let listed = cluster.sharded_snapshots().collect().await.unwrap();
    let snapshot = listed.iter().find(|snapshot| snapshot.id() == created.id());
    let snapshot = snapshot.expect("the new snapshot");
    let handle = snapshot.handle();
    let fetched = handle.get().await.unwrap();
    let job = cluster
        .snapshot(snapshot.id())
        .restore_to(&cluster)
        .await
        .unwrap();
    local.simulator.advance(Duration::from_hours(2));
    handle.delete().await.unwrap();

    assert_eq!(fetched.description(), "all shards");
    assert_eq!(fetched.status(), SnapshotStatus::Completed);
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
