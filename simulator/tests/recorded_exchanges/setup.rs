//! Brings a simulator into the situation of a recording and sends the recorded request.

mod bodies;
mod creation;
mod document;
mod preconditions;
mod references;
mod seed;

use std::time::Duration;

use atlas_simulator::{Options, Seed};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, LATEST, Response};

use document::{DOCUMENT, parameters, request_path, request_query, template};
use seed::seed_for;

const PROJECT: &str = "Recorded";

/// A recording and a simulator in its situation.
pub(crate) struct Replay<'a> {
    recording: &'a Value,
    atlas: Atlas,
    /// The recorded path with the ids of the simulator.
    path: String,
}

impl<'a> Replay<'a> {
    pub(crate) async fn prepare(recording: &'a Value) -> Self {
        let recorded = request_path(recording);
        let template = template(recording, &recorded);
        let names = parameters(&template, &recorded);
        let seed = seed_for(recording, &template, &names);
        let seed = Seed::from_json(seed.to_string().as_bytes()).unwrap();
        let options = Options::new()
            .with_seed(seed)
            .with_rate_limits(false)
            .with_control(true);
        let mut replay = Self {
            recording,
            atlas: Atlas::with(options).await,
            path: String::new(),
        };
        replay.path = replay.create_resources(&template, &names).await;
        replay.path.push_str(&request_query(recording));
        replay
    }

    /// Sends the recorded request.
    pub(crate) async fn send(&self) -> Response {
        let method: Method = self.recording["method"].as_str().unwrap().parse().unwrap();
        let mut body = self.body(
            &method,
            self.recording["operationId"].as_str().unwrap_or_default(),
        );
        if let Some(body) = &mut body {
            self.replace_references(&self.path, body).await;
        }
        let body = body.map(|body| body.to_string());
        if self.recording["status"] == 401 {
            return self
                .atlas
                .send(method, &self.path, &self.accept(), body, None)
                .await
                .unwrap();
        }
        self.atlas
            .call(method, &self.path, &self.accept(), body)
            .await
    }

    /// Returns the media type of the recorded response, which contains the requested version.
    fn accept(&self) -> String {
        let recorded = self.recording["content_type"].as_str().unwrap_or_default();
        let media_type = recorded.split(';').next().unwrap_or_default();
        if media_type.starts_with("application/vnd.atlas.") {
            media_type.to_owned()
        } else if self.recording["headers"]["Deprecation"].is_string() {
            // The media type of an error response contains no version; this header marks a
            // deprecated version.
            "application/vnd.atlas.2023-02-01+json".to_owned()
        } else {
            LATEST.to_owned()
        }
    }

    /// Creates the resources that the path names, and returns the path with their ids.
    async fn create_resources(&self, template: &str, names: &[(String, String)]) -> String {
        let mut path = template.to_owned();
        for (name, value) in names {
            let before = path
                .split(&format!("/{{{name}}}"))
                .next()
                .unwrap_or_default()
                .to_owned();
            let value = match name.as_str() {
                "groupId" if self.recording["body"]["errorCode"] != "GROUP_NOT_FOUND" => {
                    self.atlas.project(PROJECT)
                }
                "orgId" => self.atlas.simulator.organization_id(),
                "hostName" => {
                    let process = self.process().await;
                    process.split(':').next().unwrap().to_owned()
                }
                "clusterName" | "hostname" | "name" | "databaseName" | "cloudProvider"
                | "limitName" | "integrationType" => value.clone(),
                "processId" => self.process().await,
                "sampleDatasetId" => {
                    let load = format!("{before}/measured");
                    let loaded = self.send_new(&load, &json!({})).await;
                    loaded.unwrap_or_else(|| value.clone())
                }
                "userName" => "simulator@example.com".to_owned(),
                "userId" => self.owner().await,
                "alertId" => {
                    let group = before.trim_end_matches("/alerts");
                    let alert = self.create_alerts(group, &[&self.recording["body"]]).await;
                    alert.unwrap_or_else(|| value.clone())
                }
                "teamId" => self.create(&self.teams(), value).await,
                "username" if path.contains("/databaseUsers/") => {
                    self.create_user(&before, value).await;
                    value.clone()
                }
                _ if template.ends_with(&format!("/{{{name}}}")) => {
                    self.create_item(&before, value).await
                }
                _ => self.create(&before, value).await,
            };
            path = path.replace(&format!("{{{name}}}"), &value.replace('/', "%2F"));
        }
        self.create_prerequisites(template, &path).await;
        if is_finished(&self.recording["body"])
            && !preconditions::is_upgrading(&self.recording["body"])
        {
            self.atlas.simulator.advance(Duration::from_mins(10));
        }
        if template.ends_with("/dataFederation/{tenantName}") && self.recording["method"] == "PATCH"
        {
            path.push_str("?skipRoleValidation=true");
        }
        if template.ends_with("/{teamId}") && template.contains("/groups/") {
            let team = path.rsplit('/').next().unwrap_or_default();
            let assignment = json!([{ "teamId": team, "roleNames": ["GROUP_READ_ONLY"] }]);
            let teams = path.trim_end_matches(team).trim_end_matches('/').to_owned();
            self.atlas.post(&teams, assignment).await;
        }
        self.create_listed(&path).await;
        path
    }

    /// Returns the id of the project's first process.
    async fn process(&self) -> String {
        let group = self.atlas.project(PROJECT);
        let processes = format!("/api/atlas/v2/groups/{group}/processes");
        let id = self.atlas.get(&processes).await.field("/results/0/id");
        id.as_str().unwrap().to_owned()
    }

    fn teams(&self) -> String {
        format!(
            "/api/atlas/v2/orgs/{}/teams",
            self.atlas.simulator.organization_id()
        )
    }

    async fn owner(&self) -> String {
        let user = self
            .atlas
            .get("/api/atlas/v2/users/byName/simulator@example.com")
            .await;
        user.field("/id").as_str().unwrap().to_owned()
    }
}

/// Returns the items of a page, of an array, or of an object of arrays.
fn list_items(body: &Value) -> Vec<&Value> {
    if let Some(object) = body
        .as_object()
        .filter(|object| !object.contains_key("results"))
    {
        let lists = object.values().map(Value::as_array);
        let lists: Option<Vec<_>> = lists.collect();
        return lists.into_iter().flatten().flatten().collect();
    }
    let items = body.get("results").unwrap_or(body).as_array();
    items.into_iter().flatten().collect()
}

/// Returns `true` if a resource has reached a final state.
fn is_finished(shown: &Value) -> bool {
    const FINAL_STATES: [&str; 8] = [
        "completed",
        "COMPLETED",
        "Successful",
        "IDLE",
        "READY",
        "STEADY",
        "AVAILABLE",
        "SUCCESS",
    ];
    ["status", "state", "stateName"]
        .iter()
        .any(|field| FINAL_STATES.iter().any(|state| shown[*field] == *state))
        || shown.get("finishedAt").is_some()
        || shown["deliveryUrl"][0].is_string()
        || shown["stateName"] == "UPDATING" && shown["connectionStrings"]["standard"].is_string()
}
