//! Replaces recorded ids and times in request bodies with valid values.

use std::time::Duration;

use serde_json::{Value, json};

use super::Replay;

/// More than the duration of a snapshot.
pub(super) const SNAPSHOT_TIME: Duration = Duration::from_mins(3);

/// A time after the start of the simulator's clock.
const FUTURE_TIME: &str = "2026-09-02T08:00:00Z";

/// One hour before the start of the simulator's clock, in seconds.
const ONE_HOUR_AGO: u64 = 1_788_246_000;

impl Replay<'_> {
    /// Replaces ids of snapshots, containers, teams and projects with ids of the simulator. Creates
    /// the resources if necessary.
    pub(super) async fn replace_references(&self, collection: &str, body: &mut Value) {
        if body["snapshotId"].is_string() {
            let snapshots = collection.replace("/restoreJobs", "/snapshots");
            let mut snapshot = self.create(&snapshots, "").await;
            if snapshot.is_empty() {
                let first = self.atlas.get(&snapshots).await.field("/results/0/id");
                first.as_str().unwrap().clone_into(&mut snapshot);
            }
            self.atlas.simulator.advance(SNAPSHOT_TIME);
            body["snapshotId"] = json!(snapshot);
        }
        if body["targetClusterName"].is_string() {
            let mut segments = collection
                .split('/')
                .skip_while(|segment| *segment != "clusters");
            body["targetClusterName"] = json!(segments.nth(1));
        }
        if body["targetGroupId"].is_string() {
            body["targetGroupId"] = json!(self.atlas.project(super::PROJECT));
        }
        if body["deliveryType"] == "pointInTime" {
            let cluster = collection.split("/backup/").next().unwrap_or_default();
            self.atlas
                .patch(cluster, json!({ "pitEnabled": true }))
                .await;
            body["pointInTimeUTCSeconds"] = json!(ONE_HOUR_AGO);
        }
        if body["containerId"].is_string() {
            let containers = collection.replace("/peers", "/containers");
            body["containerId"] = json!(self.create(&containers, "").await);
        }
        if collection.ends_with("/invites") && self.recording["method"] == "PATCH" {
            self.atlas.post(collection, body.clone()).await;
        }
        self.replace_roles(body).await;
        unmask_keys(body);
        let region = &self.recording["body"]["dataProcessRegion"];
        if self.recording["method"] == "PATCH"
            && collection.contains("/streams")
            && !collection.contains("/connections")
        {
            for field in ["cloudProvider", "region"] {
                body[field] = region[field].clone();
            }
        }
        if body["usernames"].is_array() {
            body["usernames"] = json!(["simulator@example.com"]);
        }
        if body["deleteAfterDate"].is_string() {
            body["deleteAfterDate"] = json!(FUTURE_TIME);
        }
        for entry in body.as_array_mut().into_iter().flatten() {
            if entry["deleteAfterDate"].is_string() {
                entry["deleteAfterDate"] = json!(FUTURE_TIME);
            }
        }
        if body[0]["teamId"].is_string() {
            body[0]["teamId"] = json!(self.create(&self.teams(), "").await);
        }
    }

    /// Replaces ids of cloud provider roles with the id of an authorized role.
    async fn replace_roles(&self, body: &mut Value) {
        let paths = ["/iamRoleId", "/roleId", "/cloudProviderConfig/aws/roleId"];
        for path in paths {
            let Some(id) = body.pointer_mut(path).filter(|id| id.is_string()) else {
                continue;
            };
            let project = self.atlas.project(super::PROJECT);
            let roles = format!("/api/atlas/v2/groups/{project}/cloudProviderAccess");
            let create = json!({ "providerName": "AWS" });
            let role = self.atlas.post(&roles, create).await.field("/roleId");
            let role = role.as_str().unwrap().to_owned();
            let authorization = json!({
                "providerName": "AWS", "iamAssumedRoleArn": "arn:aws:iam::123456789012:role/data",
            });
            let path = format!("{roles}/{role}");
            self.atlas.patch(&path, authorization).await;
            *id = json!(role);
        }
    }
}

/// Replaces the masked part of recorded keys with digits.
pub(super) fn unmask_keys(body: &mut Value) {
    for field in ["apiKey", "serviceKey"] {
        if let Some(key) = body[field].as_str() {
            body[field] = json!(key.replace('*', "0"));
        }
    }
}
