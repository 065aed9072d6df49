//! What has to happen before a recorded request makes sense.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::Twin;
use super::seeds::is_created;

impl Twin<'_> {
    /// Opens the alerts that are shown, closed ones too; the id of the last one.
    pub(super) async fn alert(&self, group: &str, shown: &[&Value]) -> Option<String> {
        let simulator = &self.atlas.simulator;
        let project = self.atlas.project(super::PROJECT);
        let mut last = None;
        for alert in shown {
            let kind = alert["eventTypeName"].as_str()?;
            let mut rule = json!({
                "enabled": true,
                "eventTypeName": kind,
                "notifications": [{ "typeName": "GROUP", "roles": ["GROUP_OWNER"] }],
            });
            if alert["metricName"].is_string() {
                rule["metricThreshold"] = json!({
                    "metricName": alert["metricName"],
                    "mode": "AVERAGE",
                    "operator": "GREATER_THAN",
                    "threshold": 0,
                    "units": alert["currentValue"]["units"],
                });
            }
            self.atlas
                .post(&format!("{group}/alertConfigs"), rule)
                .await;
            if alert["metricName"].is_string() {
                continue;
            }
            last = simulator.open_alert(&project, kind).or(last);
            if alert["status"] == "CLOSED"
                && let Some(id) = &last
            {
                simulator.close_alert(id);
            }
        }
        last
    }

    /// Makes a cluster or a deployment what the recording shows.
    pub(super) async fn bring_about(&self, template: &str, path: &str) {
        let shown = &self.recording["body"];
        let is_cluster = template.ends_with("/clusters/{clusterName}");
        if template.ends_with("/groups/{groupId}") && shown.get("tags").is_some() {
            self.atlas
                .patch(path, json!({ "tags": shown["tags"] }))
                .await;
        }
        let is_deployment = template.ends_with("/search/deployment");
        if is_cluster && is_created(self.recording) {
            let clusters = path.rsplit_once('/').unwrap().0;
            let body = self.body(&Method::POST, "createGroupCluster").unwrap();
            let mut body = body;
            body.as_object_mut().unwrap().remove("paused");
            let text = Some(body.to_string());
            self.atlas
                .call(Method::POST, clusters, &self.accept(), text)
                .await;
            if shown["stateName"] != "CREATING" {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
            if shown["paused"] == true && self.recording["method"] == "GET" {
                self.atlas.patch(path, json!({ "paused": true })).await;
            }
            if shown["stateName"] == "DELETING" {
                self.atlas.delete(path).await;
            }
        }
        if is_deployment && self.recording["method"] != "POST" {
            self.create(path, "").await;
        }
    }
}
