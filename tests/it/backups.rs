//! Snapshots, restore jobs and schedules, async and blocking.

use std::time::Duration;

use mongodbatlas::ClusterHandle;
use serde_json::json;

use crate::support::Local;

/// A cluster with backups.
async fn cluster(local: &Local) -> ClusterHandle {
    let project = local.atlas.project(&local.first_project());
    let cluster = project.clusters().try_next().await.unwrap();
    cluster.expect("a cluster").handle()
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
fn the_blocking_twins_do_the_same() {
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
}
