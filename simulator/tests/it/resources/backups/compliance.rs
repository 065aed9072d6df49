//! Backup compliance policies.

use std::time::Duration;

use atlas_simulator::{Options, Seed};
use serde_json::{Value, json};

use crate::support::Atlas;

fn policy(project: &str, requires_pit: bool) -> Value {
    json!({
        "authorizedEmail": "owner@example.com", "authorizedUserFirstName": "A",
        "authorizedUserLastName": "B", "copyProtectionEnabled": false,
        "encryptionAtRestEnabled": false, "pitEnabled": requires_pit, "projectId": project,
        "onDemandPolicyItem": {
            "frequencyInterval": 0, "frequencyType": "ondemand", "retentionUnit": "days",
            "retentionValue": 3,
        },
        "scheduledPolicyItems": [],
    })
}

#[tokio::test]
async fn policy_rejects_disabling_backup_and_deletions() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let path = format!("/api/atlas/v2/groups/{project}/backupCompliancePolicy");
    let cluster = format!("{}/shop-production", atlas.clusters("Storefront"));
    let off = json!({ "backupEnabled": false });
    let pit = |enabled: bool| json!({ "pitEnabled": enabled });
    atlas.patch(&cluster, pit(true)).await;

    let enabled = atlas.put(&path, policy(&project, true)).await;
    let without_backup = atlas.patch(&cluster, off).await;
    let without_pit = atlas.patch(&cluster, pit(false)).await;
    let tagged = json!({ "backupEnabled": true, "tags": [{ "key": "a", "value": "b" }] });
    let tagged = atlas.patch(&cluster, tagged).await;
    let deleted_policy = atlas.delete(&path).await;
    let snapshots = format!("{cluster}/backup/snapshots");
    let snapshot = atlas.get(&snapshots).await.field("/results/0/id");
    let snapshot = format!("{snapshots}/{}", snapshot.as_str().unwrap());
    let deleted_snapshot = atlas.delete(&snapshot).await;

    assert_eq!(enabled.status, 200, "{enabled:?}");
    assert_eq!(enabled.field("/deletable"), false);
    without_backup.assert_error(
        400,
        "CANNOT_DISABLE_CLOUD_BACKUP_WITH_BACKUP_COMPLIANCE_POLICY",
    );
    without_pit.assert_error(400, "CANNOT_DISABLE_PIT_WITH_BACKUUP_COMPLIANCE_POLICY");
    assert_eq!(tagged.status, 200);
    deleted_policy.assert_error(400, "BACKUP_COMPLIANCE_POLICY_NOT_DELETABLE");
    deleted_snapshot.assert_error(400, "CANNOT_DELETE_SNAPSHOT_WITH_BACKUP_COMPLIANCE_POLICY");
    assert_eq!(atlas.get(&snapshot).await.status, 200);
    let cluster_details = atlas.get(&cluster).await;
    assert_eq!(
        (
            cluster_details.field("/backupEnabled"),
            cluster_details.field("/pitEnabled")
        ),
        (json!(true), json!(true))
    );
}

#[tokio::test]
async fn backup_can_be_disabled_without_policy() {
    let atlas = Atlas::demo().await;
    let cluster = format!("{}/shop-production", atlas.clusters("Storefront"));
    let off = json!({ "backupEnabled": false });

    let changed = atlas.patch(&cluster, off).await;

    assert_eq!(changed.status, 200);
    assert_eq!(changed.field("/backupEnabled"), false);
}

#[tokio::test]
async fn policy_is_empty_before_and_has_transitions() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let path = format!("/api/atlas/v2/groups/{project}/backupCompliancePolicy");

    let before = atlas.get(&path).await;
    let enabling = atlas.put(&path, policy(&project, false)).await;
    let active = atlas.get(&path).await;
    let updating = atlas.put(&path, policy(&project, false)).await;

    assert_eq!((before.status, before.text.as_str()), (200, "{}"));
    assert_eq!(enabling.field("/state"), "ENABLING");
    assert_eq!(active.field("/state"), "ACTIVE");
    assert_eq!(active.field("/authorizedUserFirstName"), "A");
    assert_eq!(updating.field("/state"), "UPDATING");
}

#[tokio::test]
async fn policy_rejects_laxer_schedules() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let path = format!("/api/atlas/v2/groups/{project}/backupCompliancePolicy");
    let schedule = atlas.clusters("Storefront");
    let schedule = format!("{schedule}/shop-production/backup/schedule");
    let mut strict = policy(&project, false);
    strict["scheduledPolicyItems"] = json!([{
        "frequencyInterval": 1, "frequencyType": "daily", "retentionUnit": "days",
        "retentionValue": 60,
    }]);

    let keeping = format!("{path}?overwriteBackupPolicies=false");
    let rejected = atlas.put(&keeping, strict.clone()).await;
    let enabled = atlas.put(&path, strict).await;
    let items = atlas.get(&schedule).await.field("/policies/0/policyItems");
    let laxer = json!({ "policies": [{ "policyItems": [{
        "frequencyInterval": 1, "frequencyType": "daily", "retentionUnit": "days",
        "retentionValue": 2,
    }] }] });
    let laxer = atlas.patch(&schedule, laxer).await;
    let snapshots = schedule.replace("/schedule", "/snapshots");
    let short = atlas
        .post(&snapshots, json!({ "retentionInDays": 1 }))
        .await;

    let code = "BACKUP_POLICIES_NOT_MEETING_BACKUP_COMPLIANCE_POLICY_REQUIREMENTS";
    rejected.assert_error(400, code);
    assert_eq!(enabled.status, 200, "{enabled:?}");
    let mut items = items.as_array().unwrap().iter();
    assert!(items.any(|item| item["retentionValue"] == 60));
    let code = "BACKUP_POLICY_NOT_MEETING_BACKUP_COMPLIANCE_POLICY_REQUIREMENTS";
    laxer.assert_error(400, code);
    short.assert_error(400, "SNAPSHOT_RETENTION_LESS_THAN_BACKUP_COMPLIANCE_POLICY");
}

#[tokio::test]
async fn project_with_snapshots_under_a_policy_cannot_be_deleted() {
    let atlas = Atlas::with(Options::new().with_seed(Seed::sized(1, 1))).await;
    let project = atlas.project("Project 0001");
    let group = format!("/api/atlas/v2/groups/{project}");
    let cluster = format!("{group}/clusters/Cluster0");
    atlas
        .patch(&cluster, json!({ "backupEnabled": true }))
        .await;
    let snapshot = json!({ "description": "a", "retentionInDays": 30 });
    atlas
        .post(&format!("{cluster}/backup/snapshots"), snapshot)
        .await;
    atlas.simulator.advance(Duration::from_mins(10));
    let path = format!("{group}/backupCompliancePolicy");
    assert_eq!(atlas.put(&path, policy(&project, false)).await.status, 200);
    assert_eq!(atlas.delete(&cluster).await.status, 202);
    atlas.simulator.advance(Duration::from_mins(10));

    let rejected = atlas.delete(&group).await;

    rejected.assert_error(409, "CANNOT_CLOSE_GROUP_ACTIVE_BACKUP_COMPLIANCE_POLICY");
}
