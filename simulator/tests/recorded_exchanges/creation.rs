//! Creates the resources that a recording needs.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::bodies::MINIMAL_BODIES;
use super::document::{DOCUMENT, matches};
use super::references::SNAPSHOT_TIME;
use super::{Replay, is_finished, list_items};

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

impl Replay<'_> {
    /// Creates a database user.
    pub(super) async fn create_user(&self, database: &str, name: &str) {
        // X.509 certificates belong to users in `$external`.
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

    /// Creates the requested item. If the recording contains the item, the new item equals it.
    pub(super) async fn create_item(&self, collection: &str, recorded: &str) -> String {
        let body = &self.recording["body"];
        let is_shown = body.is_object() && body.get("errorCode").is_none();
        if is_shown && self.recording["method"] == "GET" {
            let created = self.create_like(collection, body).await;
            if let Some(name) = created.filter(|name| !name.is_empty()) {
                return name;
            }
        }
        let created = self.create(collection, recorded).await;
        if self.recording["method"] == "DELETE" && collection.ends_with("/backup/snapshots") {
            self.atlas.simulator.advance(SNAPSHOT_TIME);
        }
        created
    }

    /// Creates one item for each schema variant in a recorded list.
    pub(super) async fn create_listed(&self, path: &str) {
        if self.recording["method"] != "GET" {
            return;
        }
        let mut structures = BTreeSet::new();
        if let Some(group) = path.strip_suffix("/events") {
            self.cause_events(group).await;
            return;
        }
        if let Some(group) = path.strip_suffix("/alerts") {
            let mut recorded_items = list_items(&self.recording["body"]);
            recorded_items.retain(|alert| structures.insert(field_structure(alert)));
            self.create_alerts(group, &recorded_items).await;
            return;
        }
        for item in list_items(&self.recording["body"]) {
            // Active members exist already and have no invitation.
            let is_member = item["orgMembershipStatus"] == "ACTIVE";
            if !is_member
                && structures.len() < MAX_LIST_ITEMS
                && structures.insert(field_structure(item))
            {
                self.create_like(path, item).await;
            }
            if is_finished(item) {
                self.atlas.simulator.advance(Duration::from_mins(10));
            }
        }
    }

    /// Creates a resource equal to the recorded resource, or a minimal resource if the simulator rejects it.
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

    /// Sends a POST and returns the id of the created resource: an empty string if the response has
    /// no id, or `None` if the request was rejected.
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
    let (_, body) = MINIMAL_BODIES.iter().find(|(id, _)| *id == operation)?;
    serde_json::from_str(&body.replace("NAME", name)).ok()
}

/// Returns the names of an item's fields, including nested ones, as one string.
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
