//! Having bodies refer to what is there, and to times that are still to come.

use serde_json::{Value, json};

use super::Twin;

/// Later than the time at which the simulator's clock stands.
const AHEAD: &str = "2026-09-02T08:00:00Z";

/// An hour before the time at which it stands, in seconds.
const AN_HOUR_AGO: u64 = 1_788_246_000;

impl Twin<'_> {
    /// Has a body refer to what is there: a snapshot that is restored, a team that is lent.
    pub(super) async fn refer(&self, collection: &str, body: &mut Value) -> bool {
        if body["snapshotId"].is_string() {
            let snapshots = collection.replace("/restoreJobs", "/snapshots");
            let mut snapshot = self.create(&snapshots, "").await;
            if snapshot.is_empty() {
                let first = self.atlas.get(&snapshots).await.field("/results/0/id");
                first.as_str().unwrap().clone_into(&mut snapshot);
            }
            body["snapshotId"] = json!(snapshot);
        }
        if body["targetClusterName"].is_string() {
            let mut parts = collection.split('/').skip_while(|it| *it != "clusters");
            body["targetClusterName"] = json!(parts.nth(1));
        }
        if body["targetGroupId"].is_string() {
            body["targetGroupId"] = json!(self.atlas.project(super::PROJECT));
        }
        if body["deliveryType"] == "pointInTime" {
            let cluster = collection.split("/backup/").next().unwrap_or_default();
            self.atlas
                .patch(cluster, json!({ "pitEnabled": true }))
                .await;
            body["pointInTimeUTCSeconds"] = json!(AN_HOUR_AGO);
        }
        if body["containerId"].is_string() {
            let containers = collection.replace("/peers", "/containers");
            body["containerId"] = json!(self.create(&containers, "").await);
        }
        if collection.ends_with("/invites") && self.recording["method"] == "PATCH" {
            self.atlas.post(collection, body.clone()).await;
        }
        if body["usernames"].is_array() {
            body["usernames"] = json!(["simulator@example.com"]);
        }
        if body["deleteAfterDate"].is_string() {
            body["deleteAfterDate"] = json!(AHEAD);
        }
        for entry in body.as_array_mut().into_iter().flatten() {
            if entry["deleteAfterDate"].is_string() {
                entry["deleteAfterDate"] = json!(AHEAD);
            }
        }
        if body[0]["teamId"].is_string() {
            body[0]["teamId"] = json!(self.create(&self.teams(), "").await);
        }
        true
    }
}
