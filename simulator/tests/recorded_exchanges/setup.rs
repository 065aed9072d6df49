//! Brings a simulator into the situation of a recording and sends the recorded request.

mod bodies;
mod document;
mod preconditions;
mod references;
mod seed;

use std::collections::BTreeSet;
use std::time::Duration;

use atlas_simulator::{Options, Seed};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas, LATEST};

use bodies::MINIMAL;
use document::{DOCUMENT, matches, parameters, request_path, request_query, template};
use seed::seed_for;

const PROJECT: &str = "Recorded";

/// Maximum number of list items that are created.
const MAX_LIST_ITEMS: usize = 20;

/// Fields that identify a resource.
const ID_FIELDS: [&str; 10] = [
    "id",
    "_id",
    "indexID",
    "teamId",
    "requestId",
    "cidrBlock",
    "name",
    "roleName",
    "username",
    "clientId",
];

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
    pub(crate) async fn send(&self) -> Answer {
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

    /// Returns the media type of the recorded response, which names the requested version.
    fn accept(&self) -> String {
        let recorded = self.recording["content_type"].as_str().unwrap_or_default();
        let media_type = recorded.split(';').next().unwrap_or_default();
        if media_type.starts_with("application/vnd.atlas.") {
            media_type.to_owned()
        } else if self.recording["headers"]["Deprecation"].is_string() {
            // Error responses do not name their version; this header marks a deprecated one.
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

    /// Creates a database user.
    async fn create_user(&self, database: &str, name: &str) {
        // X.509 certificates belong to users of `$external`.
        let (users, database) = match database.strip_suffix("/databaseUsers") {
            Some(_) => (database, "$external"),
            None => database.rsplit_once('/').unwrap_or_default(),
        };
        let mut body = minimal_body("createGroupDatabaseUser", name).unwrap_or_default();
        body["databaseName"] = json!(database);
        if database == "$external" {
            body["x509Type"] = json!("MANAGED");
            body.as_object_mut().unwrap().remove("password");
        }
        self.send_new(users, &body).await;
    }

    /// Creates the requested item, equal to the recorded one where the recording contains it.
    async fn create_item(&self, collection: &str, recorded: &str) -> String {
        let shown = &self.recording["body"];
        let is_shown = shown.is_object() && shown.get("errorCode").is_none();
        if is_shown && self.recording["method"] == "GET" {
            let created = self.create_like(collection, shown).await;
            if let Some(name) = created.filter(|name| !name.is_empty()) {
                return name;
            }
        }
        self.create(collection, recorded).await
    }

    /// Creates one item for each form in a recorded list.
    async fn create_listed(&self, path: &str) {
        if self.recording["method"] != "GET" {
            return;
        }
        let mut seen = BTreeSet::new();
        if let Some(group) = path.strip_suffix("/events") {
            self.cause_events(group).await;
            return;
        }
        if let Some(group) = path.strip_suffix("/alerts") {
            let mut shown = list_items(&self.recording["body"]);
            shown.retain(|alert| seen.insert(field_structure(alert)));
            self.create_alerts(group, &shown).await;
            return;
        }
        for item in list_items(&self.recording["body"]) {
            // Active members exist already and have no invitation.
            let is_member = item["orgMembershipStatus"] == "ACTIVE";
            if !is_member && seen.len() < MAX_LIST_ITEMS && seen.insert(field_structure(item)) {
                self.create_like(path, item).await;
            }
            if is_finished(item) {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
        }
    }

    /// Creates a resource equal to the shown one, or a minimal one if that is rejected.
    async fn create_like(&self, collection: &str, shown: &Value) -> Option<String> {
        let collection = creation_path(collection);
        if let Some((group, _)) = collection.split_once("/privateEndpoint/")
            && let Some(provider) = shown["cloudProvider"].as_str()
        {
            let body = json!({ "providerName": provider, "region": shown["regionName"] });
            let services = format!("{group}/privateEndpoint/endpointService");
            return self.send_new(&services, &body).await;
        }
        let operation = create_operation(collection)?;
        if let Some(mut body) = self.body_of(&Method::POST, operation, shown) {
            self.replace_references(collection, &mut body).await;
            if let Some(name) = self.send_new(collection, &body).await {
                return Some(name);
            }
        }
        let body = minimal_body(operation, "203.0.113.7")?;
        self.send_new(collection, &body).await
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

    /// Creates a minimal resource and returns its id, or `recorded` if the collection has no POST.
    pub(super) async fn create(&self, collection: &str, recorded: &str) -> String {
        let Some(operation) = create_operation(collection) else {
            return recorded.to_owned();
        };
        let name = recorded.split('/').next().filter(|name| !name.is_empty());
        let body = minimal_body(operation, name.unwrap_or("203.0.113.7"))
            .or_else(|| self.body(&Method::POST, operation))
            .unwrap_or(Value::Null);
        let created = self.send_new(collection, &body).await;
        let created = created.filter(|name| !name.is_empty());
        created.unwrap_or_else(|| recorded.to_owned())
    }

    /// Sends a POST and returns the id of the created resource: empty if the response has none, `None`
    /// if the request was rejected.
    pub(super) async fn send_new(&self, collection: &str, body: &Value) -> Option<String> {
        let response = self.atlas.post(collection, body.clone()).await;
        if response.status >= 400 {
            if std::env::var("RECORDED_EXCHANGES_VERBOSE").is_ok() {
                eprintln!("cannot create in {collection}: {} {body}", response.text);
            }
            return None;
        }
        let document: Value = serde_json::from_str(&response.text).unwrap_or_default();
        let document = list_items(&document).first().copied().unwrap_or(&document);
        let name = ID_FIELDS.iter().find_map(|name| document[*name].as_str());
        Some(name.unwrap_or_default().to_owned())
    }
}

/// Returns the path whose POST creates items of a list: the list's path or a prefix of it.
fn creation_path(list: &str) -> &str {
    let mut path = list;
    for _ in 0..3 {
        if create_operation(path).is_some() {
            return path;
        }
        path = path.rsplit_once('/').map_or(path, |(shorter, _)| shorter);
    }
    list
}

/// Returns the id of the POST operation of a path.
fn create_operation(collection: &str) -> Option<&'static str> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let mut operations = paths
        .iter()
        .filter(|(path, item)| item.get("post").is_some() && matches(path, collection));
    operations.next()?.1["post"]["operationId"].as_str()
}

/// Returns the minimal body of an operation with a name filled in.
fn minimal_body(operation: &str, name: &str) -> Option<Value> {
    let (_, body) = MINIMAL.iter().find(|(id, _)| *id == operation)?;
    serde_json::from_str(&body.replace("NAME", name)).ok()
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

/// Returns the names of an item's fields, including nested ones, as text.
fn field_structure(item: &Value) -> String {
    match item {
        Value::Object(object) => {
            let fields = object
                .iter()
                .map(|(name, value)| format!("{name}{}", field_structure(value)));
            format!("{{{}}}", fields.collect::<String>())
        }
        Value::Array(items) => items.first().map(field_structure).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Returns `true` if a resource has reached a final state.
fn is_finished(shown: &Value) -> bool {
    const FINAL: [&str; 8] = [
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
        .any(|field| FINAL.iter().any(|state| shown[*field] == *state))
        || shown.get("finishedAt").is_some()
        || shown["deliveryUrl"][0].is_string()
        || shown["stateName"] == "UPDATING" && shown["connectionStrings"]["standard"].is_string()
}
