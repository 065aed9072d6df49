//! The life of every resource that clients create: created, found, listed, changed, deleted, gone.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::bodies::{completed, sample};
use super::calls::{answer, asked_for, called, prepared};
use super::identifiers::value_of;
use crate::call::error::ApiError;
use crate::generic::naming;
use crate::generic::shape::{Plan, Shape, strip_root};
use crate::resources;
use crate::schema::document::{Document, Operation};
use crate::state::State;
use crate::state::clock::after;

/// The operations of one collection, of which it may lack some.
#[derive(Default)]
struct Collection {
    create: Option<&'static Operation>,
    list: Option<&'static Operation>,
    get: Option<&'static Operation>,
    update: Option<&'static Operation>,
    delete: Option<&'static Operation>,
}

/// Something that was created: where it is, and what was said of it.
struct Made {
    parents: Vec<String>,
    keys: Vec<String>,
}

fn collections() -> BTreeMap<String, Collection> {
    let document = Document::vendored().unwrap();
    let mut collections = BTreeMap::<String, Collection>::new();
    for operation in document.operations() {
        let plan = Plan::of(document, operation);
        // Some operations are about the same things by another path.
        let path = strip_root(&operation.path);
        let is_direct = path.starts_with(&plan.collection) && !path.contains("shardedCluster");
        let collection = collections.entry(plan.collection).or_default();
        match (plan.shape, operation.method) {
            (Shape::Create, _) => collection.create = Some(operation),
            _ if !is_direct => {}
            (Shape::List, "GET") if plan.keys == 0 => collection.list = Some(operation),
            (Shape::Item, "GET") => collection.get = Some(operation),
            (Shape::Item, "PATCH" | "PUT") => collection.update = Some(operation),
            // What is cancelled stays.
            (Shape::Item, "DELETE") if operation.id.starts_with("cancel") => {}
            (Shape::Item, "DELETE") => collection.delete = Some(operation),
            _ => {}
        }
    }
    for collection in collections.values_mut() {
        let item = collection.get.or(collection.delete).map(|it| &it.path);
        for other in [&mut collection.update, &mut collection.delete] {
            *other = other.filter(|it| Some(&it.path) == item);
        }
    }
    collections.retain(|_, it| it.create.is_some() && it.get.or(it.delete).is_some());
    collections
}

/// What is sent in fields that are written and never read.
const SECRET: &str = "hidden-from-everybody";

struct World {
    state: State,
    now: Timestamp,
    wrong: Vec<String>,
}

impl World {
    fn ask(
        &mut self,
        operation: &'static Operation,
        parameters: Vec<String>,
        body: &Value,
    ) -> Result<Value, ApiError> {
        let body = Bytes::from(body.to_string());
        let call = called(operation, parameters, asked_for(operation), body, self.now);
        let reply = answer(&mut self.state, &call)?;
        Ok(reply.document.unwrap_or_default())
    }

    fn complain(&mut self, operation: &Operation, what: impl std::fmt::Display) {
        self.wrong.push(format!("{}: {what}", operation.id));
    }

    /// Creates something with the smallest body; gives what names it.
    fn create(&mut self, create: &'static Operation, item: &'static Operation) -> Option<Made> {
        let mut parents = Vec::new();
        for name in create.path_names() {
            parents.push(value_of(&mut self.state, create, name, &parents, self.now));
        }
        let schemas = Document::vendored().unwrap().schemas();
        let body = sample(schemas, create.request.as_ref()?, "", 0);
        let mut body = completed(&self.state, create, body);
        // Names are only written as well, but answers have them.
        let shown = item.answer.schema.as_ref().unwrap_or(&Value::Null);
        let shown = schemas.fields(shown, None).properties;
        let is_shown = |name: &str| shown.keys().any(|it| it.starts_with(name));
        let fields = schemas.fields(create.request.as_ref()?, Some(&body));
        for (name, property) in fields.properties {
            let property = schemas.resolve(property);
            if property["writeOnly"] == true && is_free(property) && !is_shown(name) {
                body[name] = json!(SECRET);
            }
        }
        let made = match self.ask(create, parents.clone(), &body) {
            Ok(made) => made,
            Err(error) => {
                self.complain(create, error.code());
                return None;
            }
        };
        let made = made.get("organization").unwrap_or(&made);
        let made = match made.get("results").unwrap_or(made) {
            Value::Array(items) => items.last()?.clone(),
            one => one.clone(),
        };
        let names: Vec<_> = item.path_names().skip(parents.len()).collect();
        let keys: Vec<_> = names.iter().filter_map(|name| key(&made, name)).collect();
        if keys.len() != names.len() {
            self.complain(create, format!("no {names:?} in {made}"));
            return None;
        }
        Some(Made { parents, keys })
    }

    fn find(&mut self, get: &'static Operation, made: &Made) -> Option<Value> {
        let found = self.ask(get, made.path(), &json!({}));
        match found {
            Ok(found) => {
                if found.to_string().contains(SECRET) {
                    self.complain(get, format!("shows a secret: {found}"));
                }
                Some(found)
            }
            Err(error) => {
                self.complain(get, format!("not found: {}", error.code()));
                None
            }
        }
    }

    fn list(&mut self, list: &'static Operation, made: &Made) {
        let count = list.path_names().count();
        let parents = made.path().get(..count).unwrap_or_default().to_vec();
        let listed = self.ask(list, parents, &json!({}));
        let text = listed.map(|it| it.to_string()).unwrap_or_default();
        if text.contains(SECRET) {
            self.complain(list, format!("shows a secret: {text}"));
        }
        for key in &made.keys {
            if !text.contains(key.as_str()) {
                self.complain(list, format!("{key} is not listed"));
            }
        }
    }

    /// Changes a text, and finds the change.
    fn update(&mut self, collection: &Collection, made: &Made) {
        let (Some(update), Some(get)) = (collection.update, collection.get) else {
            return;
        };
        let schemas = Document::vendored().unwrap().schemas();
        let Some(schema) = &update.request else {
            return;
        };
        let body = sample(schemas, schema, "", 0);
        let mut body = completed(&self.state, update, body);
        let shown = get.answer.schema.as_ref().unwrap_or(&Value::Null);
        let before = self.ask(get, made.path(), &json!({})).unwrap_or_default();
        let shown = schemas.fields(shown, Some(&before)).properties;
        let fields = schemas.fields(schema, Some(&before)).properties;
        let free = fields.into_iter().find(|(name, property)| {
            let property = schemas.resolve(property);
            property["writeOnly"] != true
                && property["readOnly"] != true
                && is_free(property)
                && !WORDS.contains(name)
                && shown.contains_key(name)
                && !made.keys.iter().any(|key| before[name] == *key)
        });
        let name = free.map(|(name, _)| name.to_owned());
        if let Some(name) = &name {
            body[name] = json!("changed-by-hand");
        }
        if let Err(error) = self.ask(update, made.path(), &body) {
            self.complain(update, format!("{}: {body}", error.document()));
            return;
        }
        let after = self.find(get, made).unwrap_or_default();
        if let Some(name) = name
            && after[&name] != "changed-by-hand"
        {
            self.complain(update, format!("{name} is still {}", after[&name]));
        }
        for (first, last) in [("created", "updated"), ("createdAt", "updatedAt")] {
            if let (Some(first), Some(last)) = (after[first].as_str(), after[last].as_str())
                && first > last
            {
                self.complain(get, format!("created {first}, updated {last}"));
            }
        }
    }

    /// Deletes it, and finds it gone.
    fn delete(&mut self, collection: &Collection, made: &Made) {
        let Some(delete) = collection.delete else {
            return;
        };
        if let Err(error) = self.ask(delete, made.path(), &json!({})) {
            self.complain(delete, error.document());
            return;
        }
        let Some(get) = collection.get else { return };
        // Clusters take their time.
        self.now = after(self.now, Duration::from_hours(1));
        resources::advance_to(&mut self.state, self.now);
        match self.ask(get, made.path(), &json!({})) {
            Ok(found) => self.complain(delete, format!("still there: {found}")),
            Err(error) => {
                let document = error.document();
                let is_named = made.keys.iter().any(|key| {
                    let parameters = document["parameters"].as_array();
                    parameters.is_some_and(|it| it.contains(&json!(key)))
                });
                if error.status() != 404 || !is_named {
                    self.complain(delete, document);
                }
            }
        }
    }
}

impl Made {
    fn path(&self) -> Vec<String> {
        [self.parents.clone(), self.keys.clone()].concat()
    }
}

/// Fields that the document has any text in, and of which the service knows only some.
const WORDS: [&str; 1] = ["mongoDBMajorVersion"];

/// Whether a field may be any text.
fn is_free(property: &Value) -> bool {
    let bounds = ["enum", "pattern", "format", "minLength", "maxLength"];
    property["type"] == "string" && bounds.iter().all(|it| property.get(it).is_none())
}

/// What a document calls the value of a path parameter.
fn key(document: &Value, name: &str) -> Option<String> {
    let fields = naming::fields(name).into_iter().chain(["id", "_id"]);
    let mut values = fields.filter_map(|field| document[field].as_str());
    values.next().map(str::to_owned)
}

#[test]
fn what_is_created_is_found_listed_changed_and_gone_when_it_is_deleted() {
    let now = "2026-09-01T08:00:00Z".parse().unwrap();
    let mut world = World {
        state: prepared(now),
        now,
        wrong: Vec::new(),
    };
    let collections = collections();
    let mut order: Vec<_> = collections.values().collect();
    order.sort_by_key(|it| it.create.map(|it| it.path.len()));

    let mut made = Vec::new();
    for collection in order {
        let create = collection.create.unwrap();
        let item = collection.get.or(collection.delete).unwrap();
        let Some(thing) = world.create(create, item) else {
            continue;
        };
        // Some changes need the end of the creation.
        world.now = after(world.now, Duration::from_mins(3));
        resources::advance_to(&mut world.state, world.now);
        if let Some(get) = collection.get {
            world.find(get, &thing);
        }
        if let Some(list) = collection.list {
            world.list(list, &thing);
        }
        world.update(collection, &thing);
        made.push((collection, thing));
    }
    let count = made.len();
    for (collection, thing) in made.into_iter().rev() {
        world.delete(collection, &thing);
    }

    assert!(
        world.wrong.is_empty(),
        "{} {:#?}",
        world.wrong.len(),
        world.wrong
    );
    assert!(count >= 65, "{count}");
}
