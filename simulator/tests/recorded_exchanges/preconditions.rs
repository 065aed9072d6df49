//! Requests that bring a simulator into the state that a recording shows.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::Replay;
use super::references::unmask_keys;
use super::seed::has_cluster_document;

impl Replay<'_> {
    /// Opens the recorded alerts, closes those with a closed state, and returns the id of the last
    /// alert.
    pub(super) async fn create_alerts(&self, group: &str, shown: &[&Value]) -> Option<String> {
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
            let opened = match alert["clusterId"].as_str() {
                Some(_) => self.open_cluster_alert(kind).await,
                None => simulator.open_alert(&project, kind),
            };
            last = opened.or(last);
            if alert["status"] == "CLOSED"
                && let Some(id) = &last
            {
                simulator.close_alert(id);
            }
        }
        last
    }

    /// Opens an alert about the project's cluster.
    async fn open_cluster_alert(&self, kind: &str) -> Option<String> {
        let body = json!({
            "project": super::PROJECT, "eventTypeName": kind, "clusterName": "measured",
        });
        let (path, body) = ("/_simulator/alerts", Some(body.to_string()));
        let opened = self.atlas.send(Method::POST, path, "*/*", body, None).await;
        let opened = opened.unwrap().json();
        Some(opened["id"].as_str()?.to_owned())
    }

    /// Makes changes that record an event of every schema variant.
    pub(super) async fn cause_events(&self, group: &str) {
        let simulator = &self.atlas.simulator;
        self.create(&format!("{group}/databaseUsers"), "app").await;
        let rule = json!({
            "enabled": true,
            "eventTypeName": "NO_PRIMARY",
            "notifications": [{ "typeName": "GROUP" }],
        });
        let rules = format!("{group}/alertConfigs");
        if let Some(rule) = self.send_new(&rules, &rule).await {
            self.atlas.delete(&format!("{rules}/{rule}")).await;
        }
        if let Some(alert) = simulator.open_alert(super::PROJECT, "NO_PRIMARY") {
            let comment = json!({ "acknowledgedUntil": "2027-01-01T00:00:00Z" });
            self.atlas
                .patch(&format!("{group}/alerts/{alert}"), comment)
                .await;
        }
        let tags = json!({ "tags": [{ "key": "a", "value": "b" }] });
        self.atlas
            .patch(&format!("{group}/clusters/changed"), tags)
            .await;
        let organization = simulator.organization_id();
        let keys = format!("/api/atlas/v2/orgs/{organization}/apiKeys");
        let key = self.create(&keys, "").await;
        let assignment = json!([{ "roles": ["GROUP_READ_ONLY"] }]);
        self.atlas
            .post(&format!("{group}/apiKeys/{key}"), assignment)
            .await;
    }

    /// Sends a PATCH that changes a settings document to the recorded one.
    pub(super) async fn apply_settings(&self, template: &str, path: &str) {
        let recorded = &self.recording["body"];
        let (path, template) = match path.strip_suffix("/ldap/userToDNMapping") {
            Some(path) => (path, template.trim_end_matches("/ldap/userToDNMapping")),
            None => (path, template),
        };
        let item = &super::DOCUMENT["paths"][template];
        let is_setting = item.get("patch").is_some() && item.get("post").is_none();
        let is_read = matches!(self.recording["method"].as_str(), Some("GET" | "DELETE"));
        if template.ends_with('}') || !is_setting || !is_read || !recorded.is_object() {
            return;
        }
        let operation = item["patch"]["operationId"].as_str().unwrap_or_default();
        if let Some(body) = self.body_of(&Method::PATCH, operation, recorded) {
            self.atlas.patch(path, body).await;
        }
    }

    /// Creates the other integrations that the response to a change of an integration lists.
    pub(super) async fn create_other_integrations(&self, template: &str, path: &str) {
        if !template.ends_with("/integrations/{integrationType}") {
            return;
        }
        let (all, own) = path.rsplit_once('/').unwrap();
        let operation = "createGroupIntegration";
        for shown in super::list_items(&self.recording["body"]) {
            let kind = shown["type"].as_str().unwrap_or_default();
            if kind != own
                && let Some(mut body) = self.body_of(&Method::POST, operation, shown)
            {
                unmask_keys(&mut body);
                self.send_new(&format!("{all}/{kind}"), &body).await;
            }
        }
    }

    /// Creates or changes the cluster, deployment or settings that the recording shows.
    pub(super) async fn create_prerequisites(&self, template: &str, path: &str) {
        let recorded = &self.recording["body"];
        let is_cluster = template.ends_with("/clusters/{clusterName}");
        if template.ends_with("/groups/{groupId}") && recorded.get("tags").is_some() {
            self.atlas
                .patch(path, json!({ "tags": recorded["tags"] }))
                .await;
        }
        self.apply_settings(template, path).await;
        self.create_other_integrations(template, path).await;
        if template.ends_with("/dataFederation/{tenantName}/limits/{limitName}") {
            self.atlas.patch(path, json!({ "value": 1 })).await;
        }
        let is_deployment = template.ends_with("/search/deployment");
        if is_cluster
            && has_cluster_document(self.recording)
            && (is_upgraded(recorded) || is_upgrading(recorded))
        {
            self.upgrade(path, recorded).await;
        } else if is_cluster && has_cluster_document(self.recording) {
            let clusters = path.rsplit_once('/').unwrap().0;
            let body = self.body(&Method::POST, "createGroupCluster").unwrap();
            let mut body = body;
            body.as_object_mut().unwrap().remove("paused");
            let body_json = Some(body.to_string());
            self.atlas
                .call(Method::POST, clusters, &self.accept(), body_json)
                .await;
            if recorded["stateName"] != "CREATING" {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
            if recorded["paused"] == true && self.recording["method"] == "GET" {
                self.atlas.patch(path, json!({ "paused": true })).await;
            }
            if recorded["stateName"] == "DELETING" {
                self.atlas.delete(path).await;
            }
        }
        if is_deployment && self.recording["method"] != "POST" {
            self.create(path, "").await;
        }
    }

    /// Creates a free cluster and upgrades it.
    async fn upgrade(&self, path: &str, shown: &Value) {
        let (clusters, name) = path.rsplit_once('/').unwrap();
        let size = &shown["replicationSpecs"][0]["regionConfigs"][0]["electableSpecs"];
        let free = json!({
            "providerName": "TENANT", "backingProviderName": "AWS", "regionName": "US_EAST_1",
            "instanceSizeName": "M0",
        });
        let upgrading = is_upgrading(shown);
        let size = if upgrading {
            &json!("M10")
        } else {
            &size["instanceSize"]
        };
        let dedicated = json!({ "providerName": "AWS", "instanceSizeName": size });
        let upgrade = format!("{clusters}/tenantUpgrade");
        for (path, settings) in [(clusters, free), (&upgrade, dedicated)] {
            let tags = shown.get("tags").cloned().unwrap_or_else(|| json!([]));
            let body = json!({ "name": name, "providerSettings": settings, "tags": tags });
            let body = body.to_string();
            let accept = "application/vnd.atlas.2023-01-01+json";
            let response = self
                .atlas
                .call(Method::POST, path, accept, Some(body))
                .await;
            assert!(response.status < 300, "{response:?}");
            let is_last = path == upgrade;
            let wait = match shown["connectionStrings"]["standard"].is_string() {
                true if upgrading && is_last => Duration::ZERO,
                false if upgrading && is_last => Duration::from_secs(15),
                _ => Duration::from_mins(1),
            };
            self.atlas.simulator.advance(wait);
        }
        if shown["stateName"] == "IDLE" {
            self.atlas.simulator.advance(Duration::from_mins(10));
        }
    }
}

/// Returns `true` if a cluster was upgraded from a free cluster. Atlas then omits a field.
fn is_upgraded(shown: &Value) -> bool {
    let region = &shown["replicationSpecs"][0]["regionConfigs"][0];
    region["providerName"] != "TENANT" && shown.get("diskWarmingMode").is_none()
}

/// Returns `true` if a free cluster is being upgraded. Atlas then omits a field.
pub(super) fn is_upgrading(shown: &Value) -> bool {
    const INITIAL_SYNC: &str = "useAwsTimeBasedSnapshotCopyForFastInitialSync";
    let region = &shown["replicationSpecs"][0]["regionConfigs"][0];
    let is_current = shown.get("effectiveReplicationSpecs").is_some();
    let is_free = region["providerName"] == "TENANT" && shown["stateName"] == "UPDATING";
    is_free && is_current && shown.get(INITIAL_SYNC).is_none()
}
