//! Bringing a simulator into the situation of a recording, and asking it the same.

mod bodies;
mod document;
mod happenings;
mod references;
mod seeds;

use std::collections::BTreeSet;
use std::time::Duration;

use atlas_simulator::{Options, Seed};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Atlas, LATEST};

use bodies::SMALLEST;
use document::{DOCUMENT, asked_path, asked_query, matches, parameters, template};
use seeds::seed;

const PROJECT: &str = "Recorded";

/// The most things of a list that are created.
const MOST_LISTED: usize = 20;

/// Fields by which something is called.
const NAMES: [&str; 10] = [
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

/// A simulator in the situation of a recording.
pub(crate) struct Twin<'a> {
    recording: &'a Value,
    atlas: Atlas,
    /// The recorded path with the ids of the simulator.
    path: String,
}

impl<'a> Twin<'a> {
    pub(crate) async fn of(recording: &'a Value) -> Self {
        let recorded = asked_path(recording);
        let template = template(recording, &recorded);
        let names = parameters(&template, &recorded);
        let seed = seed(recording, &template, &names);
        let seed = Seed::from_json(seed.to_string().as_bytes()).unwrap();
        let options = Options::new()
            .with_seed(seed)
            .with_rate_limits(false)
            .with_control(true);
        let mut twin = Self {
            recording,
            atlas: Atlas::with(options).await,
            path: String::new(),
        };
        twin.path = twin.situate(&template, &names).await;
        twin.path.push_str(&asked_query(recording));
        twin
    }

    /// Sends the recorded request.
    pub(crate) async fn ask(&self) -> Answer {
        let method: Method = self.recording["method"].as_str().unwrap().parse().unwrap();
        let body = self.body(
            &method,
            self.recording["operationId"].as_str().unwrap_or_default(),
        );
        let mut body = body;
        if let Some(body) = &mut body {
            self.refer(&self.path, body).await;
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

    /// The media type of the recorded answer, which names the version that was asked for.
    fn accept(&self) -> String {
        let recorded = self.recording["content_type"].as_str().unwrap_or_default();
        let media_type = recorded.split(';').next().unwrap_or_default();
        if media_type.starts_with("application/vnd.atlas.") {
            media_type.to_owned()
        } else if self.recording["headers"]["Deprecation"].is_string() {
            // An error does not say its version, but this one was an old one.
            "application/vnd.atlas.2023-02-01+json".to_owned()
        } else {
            LATEST.to_owned()
        }
    }

    /// Puts there what the request is about, and returns the path to ask for.
    async fn situate(&self, template: &str, names: &[(String, String)]) -> String {
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
                    let alert = self.alert(group, &[&self.recording["body"]]).await;
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
        self.bring_about(template, &path).await;
        if is_over(&self.recording["body"]) && !happenings::is_upgrading(&self.recording["body"]) {
            self.atlas.simulator.advance(Duration::from_mins(10));
        }
        if template.ends_with("/dataFederation/{tenantName}") && self.recording["method"] == "PATCH"
        {
            path.push_str("?skipRoleValidation=true");
        }
        if template.ends_with("/{teamId}") && template.contains("/groups/") {
            let team = path.rsplit('/').next().unwrap_or_default();
            let lent = json!([{ "teamId": team, "roleNames": ["GROUP_READ_ONLY"] }]);
            let teams = path.trim_end_matches(team).trim_end_matches('/').to_owned();
            self.atlas.post(&teams, lent).await;
        }
        self.create_listed(&path).await;
        path
    }

    /// Creates a database user, by the path of its database.
    async fn create_user(&self, database: &str, name: &str) {
        // Certificates are of users whose name is not kept in a database.
        let (users, database) = match database.strip_suffix("/databaseUsers") {
            Some(_) => (database, "$external"),
            None => database.rsplit_once('/').unwrap_or_default(),
        };
        let mut body = smallest("createGroupDatabaseUser", name).unwrap_or_default();
        body["databaseName"] = json!(database);
        if database == "$external" {
            body["x509Type"] = json!("MANAGED");
            body.as_object_mut().unwrap().remove("password");
        }
        self.send_new(users, &body).await;
    }

    /// Creates the item that is asked for: like the one that is shown, if one is.
    async fn create_item(&self, collection: &str, recorded: &str) -> String {
        let shown = &self.recording["body"];
        let is_shown = shown.is_object() && shown.get("errorCode").is_none();
        if is_shown && self.recording["method"] == "GET" {
            let created = self.create_as(collection, shown).await;
            if let Some(name) = created.filter(|it| !it.is_empty()) {
                return name;
            }
        }
        self.create(collection, recorded).await
    }

    /// Creates what a list shows: one thing of each form.
    async fn create_listed(&self, path: &str) {
        if self.recording["method"] != "GET" {
            return;
        }
        let mut seen = BTreeSet::new();
        if let Some(group) = path.strip_suffix("/events") {
            self.stir(group).await;
            return;
        }
        if let Some(group) = path.strip_suffix("/alerts") {
            let mut shown = listed(&self.recording["body"]);
            shown.retain(|alert| seen.insert(form(alert)));
            self.alert(group, &shown).await;
            return;
        }
        for item in listed(&self.recording["body"]) {
            // Who is there already was not invited a moment ago.
            let is_member = item["orgMembershipStatus"] == "ACTIVE";
            if !is_member && seen.len() < MOST_LISTED && seen.insert(form(item)) {
                self.create_as(path, item).await;
            }
            if is_over(item) {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
        }
    }

    /// Creates what is shown, or the smallest thing of its kind when that is refused.
    async fn create_as(&self, collection: &str, shown: &Value) -> Option<String> {
        let collection = adding(collection);
        if let Some((group, _)) = collection.split_once("/privateEndpoint/")
            && let Some(provider) = shown["cloudProvider"].as_str()
        {
            let body = json!({ "providerName": provider, "region": shown["regionName"] });
            let services = format!("{group}/privateEndpoint/endpointService");
            return self.send_new(&services, &body).await;
        }
        let operation = creating(collection)?;
        if let Some(mut body) = self.body_of(&Method::POST, operation, shown)
            && self.refer(collection, &mut body).await
            && let Some(name) = self.send_new(collection, &body).await
        {
            return Some(name);
        }
        let smallest = smallest(operation, "203.0.113.7")?;
        self.send_new(collection, &smallest).await
    }

    /// The first process of the project.
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

    /// Creates something in a collection; its id, or the recorded one where nothing can be created.
    pub(super) async fn create(&self, collection: &str, recorded: &str) -> String {
        let Some(operation) = creating(collection) else {
            return recorded.to_owned();
        };
        let used = recorded.split('/').next().filter(|it| !it.is_empty());
        let body = smallest(operation, used.unwrap_or("203.0.113.7"))
            .or_else(|| self.body(&Method::POST, operation))
            .unwrap_or(Value::Null);
        let created = self.send_new(collection, &body).await;
        let created = created.filter(|it| !it.is_empty());
        created.unwrap_or_else(|| recorded.to_owned())
    }

    /// Sends a new thing, and returns what it is called; nothing where no field says so.
    pub(super) async fn send_new(&self, collection: &str, body: &Value) -> Option<String> {
        let answer = self.atlas.post(collection, body.clone()).await;
        if answer.status >= 400 {
            if std::env::var("TWINS_VERBOSE").is_ok() {
                eprintln!("cannot create in {collection}: {} {body}", answer.text);
            }
            return None;
        }
        let document: Value = serde_json::from_str(&answer.text).unwrap_or_default();
        let document = listed(&document).first().copied().unwrap_or(&document);
        let name = NAMES.iter().find_map(|name| document[*name].as_str());
        Some(name.unwrap_or_default().to_owned())
    }
}

/// The path that adds to what a path lists, which may name more than that.
fn adding(list: &str) -> &str {
    let mut path = list;
    for _ in 0..3 {
        if creating(path).is_some() {
            return path;
        }
        path = path.rsplit_once('/').map_or(path, |(shorter, _)| shorter);
    }
    list
}

/// The operation that adds to a collection.
fn creating(collection: &str) -> Option<&'static str> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let mut found = paths
        .iter()
        .filter(|(path, item)| item.get("post").is_some() && matches(path, collection));
    found.next()?.1["post"]["operationId"].as_str()
}

/// The smallest body of an operation, about something of this name.
fn smallest(operation: &str, name: &str) -> Option<Value> {
    let (_, body) = SMALLEST.iter().find(|(it, _)| *it == operation)?;
    serde_json::from_str(&body.replace("USED", name)).ok()
}

/// The items of a list: as a page, as it is, or as several lists by kind.
fn listed(body: &Value) -> Vec<&Value> {
    if let Some(object) = body.as_object().filter(|it| !it.contains_key("results")) {
        let lists = object.values().map(Value::as_array);
        let lists: Option<Vec<_>> = lists.collect();
        return lists.into_iter().flatten().flatten().collect();
    }
    let items = body.get("results").unwrap_or(body).as_array();
    items.into_iter().flatten().collect()
}

/// The names of an item's fields, down to those of inner objects.
fn form(item: &Value) -> String {
    match item {
        Value::Object(object) => {
            let fields = object
                .iter()
                .map(|(name, value)| format!("{name}{}", form(value)));
            format!("{{{}}}", fields.collect::<String>())
        }
        Value::Array(items) => items.first().map(form).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Whether what is shown has come to its end.
fn is_over(shown: &Value) -> bool {
    const OVER: [&str; 8] = [
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
        .any(|field| OVER.iter().any(|word| shown[*field] == *word))
        || shown.get("finishedAt").is_some()
        || shown["deliveryUrl"][0].is_string()
        || shown["stateName"] == "UPDATING" && shown["connectionStrings"]["standard"].is_string()
}
