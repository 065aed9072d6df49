//! Creates, gets, lists, updates and deletes every resource that clients create.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::bodies::{complete, minimal_body};
use super::calls::{answer, new_call, prepare, required_query};
use super::collections::{Collection, collections};
use super::identifiers::value_of;
use crate::call::error::ApiError;
use crate::generic::naming;
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::State;
use crate::state::clock::after;

/// A created resource, by its path parameters.
struct Created {
    parents: Vec<String>,
    keys: Vec<String>,
}

/// Value of write-only fields, which no response may contain.
const SECRET_VALUE: &str = "write-only-value";

struct World {
    state: State,
    now: Timestamp,
    failures: Vec<String>,
}

impl World {
    fn send(
        &mut self,
        operation: &'static Operation,
        parameters: Vec<String>,
        body: &Value,
    ) -> Result<Value, ApiError> {
        let body = Bytes::from(body.to_string());
        let call = new_call(
            operation,
            parameters,
            required_query(operation),
            body,
            self.now,
        );
        let reply = answer(&mut self.state, &call)?;
        Ok(reply.document.unwrap_or_default())
    }

    fn add_failure(&mut self, operation: &Operation, reason: impl std::fmt::Display) {
        self.failures.push(format!("{}: {reason}", operation.id));
    }

    /// Creates a resource with a minimal body, and returns the path parameters of `item` for it.
    fn create(&mut self, create: &'static Operation, item: &'static Operation) -> Option<Created> {
        let mut parents = Vec::new();
        for name in create.path_names() {
            parents.push(value_of(&mut self.state, create, name, &parents, self.now));
        }
        let schemas = Document::vendored().unwrap().schemas();
        let body = minimal_body(schemas, create.request.as_ref()?, "", 0);
        let mut body = complete(&self.state, create, body);
        // Responses contain some write-only fields, such as names, under a longer name.
        let response_fields = item.success.schema.as_ref().unwrap_or(&Value::Null);
        let response_fields = schemas.fields(response_fields, None).properties;
        let is_shown = |name: &str| response_fields.keys().any(|field| field.starts_with(name));
        let fields = schemas.fields(create.request.as_ref()?, Some(&body));
        for (name, property) in fields.properties {
            let property = schemas.resolve(property);
            if property["writeOnly"] == true && is_free_text(property) && !is_shown(name) {
                body[name] = json!(SECRET_VALUE);
            }
        }
        let response = match self.send(create, parents.clone(), &body) {
            Ok(response) => response,
            Err(error) => {
                self.add_failure(create, error.code());
                return None;
            }
        };
        let response = response.get("organization").unwrap_or(&response);
        let document = match response.get("results").unwrap_or(response) {
            Value::Array(items) => items.last()?.clone(),
            document => document.clone(),
        };
        let names: Vec<_> = item.path_names().skip(parents.len()).collect();
        let keys: Vec<_> = names
            .iter()
            .filter_map(|name| item_key(&document, name))
            .collect();
        if keys.len() != names.len() {
            self.add_failure(create, format!("no {names:?} in {document}"));
            return None;
        }
        Some(Created { parents, keys })
    }

    fn get(&mut self, get: &'static Operation, created: &Created) -> Option<Value> {
        match self.send(get, created.path(), &json!({})) {
            Ok(document) => {
                if document.to_string().contains(SECRET_VALUE) {
                    self.add_failure(get, format!("shows a secret: {document}"));
                }
                Some(document)
            }
            Err(error) => {
                self.add_failure(get, format!("not found: {}", error.code()));
                None
            }
        }
    }

    fn list(&mut self, list: &'static Operation, created: &Created) {
        let count = list.path_names().count();
        let parents = created.path().get(..count).unwrap_or_default().to_vec();
        let response = self.send(list, parents, &json!({}));
        let list_json = response
            .map(|document| document.to_string())
            .unwrap_or_default();
        if list_json.contains(SECRET_VALUE) {
            self.add_failure(list, format!("shows a secret: {list_json}"));
        }
        for key in &created.keys {
            if !list_json.contains(key.as_str()) {
                self.add_failure(list, format!("{key} is not listed"));
            }
        }
    }

    /// Changes a string field, and checks the field of a later response.
    fn update(&mut self, collection: &Collection, created: &Created) {
        let (Some(update), Some(get)) = (collection.update, collection.get) else {
            return;
        };
        let schemas = Document::vendored().unwrap().schemas();
        let Some(schema) = &update.request else {
            return;
        };
        let body = minimal_body(schemas, schema, "", 0);
        let mut body = complete(&self.state, update, body);
        let response_fields = get.success.schema.as_ref().unwrap_or(&Value::Null);
        let before = self
            .send(get, created.path(), &json!({}))
            .unwrap_or_default();
        let response_fields = schemas.fields(response_fields, Some(&before)).properties;
        let fields = schemas.fields(schema, Some(&before)).properties;
        let free_text = fields.into_iter().find(|(name, property)| {
            let property = schemas.resolve(property);
            property["writeOnly"] != true
                && property["readOnly"] != true
                && is_free_text(property)
                && !RESTRICTED_TEXTS.contains(name)
                && response_fields.contains_key(name)
                && !created.keys.iter().any(|key| before[name] == *key)
        });
        let name = free_text.map(|(name, _)| name.to_owned());
        if let Some(name) = &name {
            body[name] = json!("changed");
        }
        if let Err(error) = self.send(update, created.path(), &body) {
            self.add_failure(update, format!("{}: {body}", error.document()));
            return;
        }
        let after = self.get(get, created).unwrap_or_default();
        if let Some(name) = name
            && after[&name] != "changed"
        {
            self.add_failure(update, format!("{name} is still {}", after[&name]));
        }
        for (first, last) in [("created", "updated"), ("createdAt", "updatedAt")] {
            if let (Some(first), Some(last)) = (after[first].as_str(), after[last].as_str())
                && first > last
            {
                self.add_failure(get, format!("created {first}, updated {last}"));
            }
        }
    }

    /// Deletes the resource, and checks that a later GET returns 404.
    fn delete(&mut self, collection: &Collection, created: &Created) {
        let Some(delete) = collection.delete else {
            return;
        };
        if let Err(error) = self.send(delete, created.path(), &json!({})) {
            self.add_failure(delete, error.document());
            return;
        }
        let Some(get) = collection.get else { return };
        // The deletion of a cluster takes a few minutes.
        self.now = after(self.now, Duration::from_hours(1));
        resources::advance_to(&mut self.state, self.now);
        match self.send(get, created.path(), &json!({})) {
            Ok(document) => self.add_failure(delete, format!("not deleted: {document}")),
            Err(error) => {
                let document = error.document();
                let error_json = document.to_string();
                let is_named = created
                    .keys
                    .iter()
                    .any(|key| error_json.contains(key.as_str()));
                if error.status() != 404 || !is_named {
                    self.add_failure(delete, document);
                }
            }
        }
    }
}

impl Created {
    fn path(&self) -> Vec<String> {
        [self.parents.clone(), self.keys.clone()].concat()
    }
}

/// String fields whose valid values the OpenAPI document does not list.
const RESTRICTED_TEXTS: [&str; 1] = ["mongoDBMajorVersion"];

/// Returns `true` if a field accepts any string.
fn is_free_text(property: &Value) -> bool {
    let bounds = ["enum", "pattern", "format", "minLength", "maxLength"];
    property["type"] == "string" && bounds.iter().all(|bound| property.get(bound).is_none())
}

/// Returns the value of a path parameter in a document.
fn item_key(document: &Value, name: &str) -> Option<String> {
    let fields = naming::fields(name).into_iter().chain(["id", "_id"]);
    let mut values = fields.filter_map(|field| document[field].as_str());
    values.next().map(str::to_owned)
}

#[test]
fn resources_are_created_listed_updated_and_deleted() {
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut world = World {
        state: prepare(now),
        now,
        failures: Vec::new(),
    };
    let collections = collections();
    let mut order: Vec<_> = collections.values().collect();
    order.sort_by_key(|collection| collection.create.map(|create| create.path.len()));

    let mut resources = Vec::new();
    for collection in order {
        let create = collection.create.unwrap();
        let item = collection.get.or(collection.delete).unwrap();
        let Some(created) = world.create(create, item) else {
            continue;
        };
        // Some changes are rejected until the creation is complete.
        world.now = after(world.now, Duration::from_mins(3));
        resources::advance_to(&mut world.state, world.now);
        if let Some(get) = collection.get {
            world.get(get, &created);
        }
        if let Some(list) = collection.list {
            world.list(list, &created);
        }
        world.update(collection, &created);
        resources.push((collection, created));
    }
    let count = resources.len();
    for (collection, created) in resources.into_iter().rev() {
        world.delete(collection, &created);
    }

    assert!(
        world.failures.is_empty(),
        "{} {:#?}",
        world.failures.len(),
        world.failures
    );
    assert!(count >= 65, "{count}");
}
