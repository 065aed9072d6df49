//! Filling an answer: what a client gave, and what the service adds to it.

use serde_json::{Map, Value, json};

use super::{DEEPEST, Mode, Schemas, check, sample};
use crate::schema::secrets;
use crate::state::derived_id;

/// What is known about a resource before its fields are looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Values of fields by name, such as the ids in the path.
    pub(crate) fields: Map<String, Value>,
    /// Makes invented ids differ between resources.
    pub(crate) seed: String,
    /// The current time, as answers write it.
    pub(crate) now: String,
}

/// An answer of this schema: the given value with what the service adds.
///
/// Fields that only the service writes, required ones and those with a default are added; fields
/// that only a client writes are left out.
pub(crate) fn fill(schemas: &Schemas, schema: &Value, given: &Value, known: &Known) -> Value {
    Filler { schemas, known }.value(schema, Some(given).filter(|it| !it.is_null()), "", 0)
}

struct Filler<'a> {
    schemas: &'a Schemas,
    known: &'a Known,
}

impl Filler<'_> {
    fn value(&self, schema: &Value, given: Option<&Value>, path: &str, depth: usize) -> Value {
        let schema = self.schemas.resolve(schema);
        let is_object = schema["type"] == "object"
            || schema.get("properties").is_some()
            || schema.get("allOf").is_some()
            || schema.get("oneOf").is_some();
        let is_list = schema["type"] == "array";
        let is_text = matches!(
            schema["type"].as_str(),
            Some("string" | "integer" | "number" | "boolean")
        );
        // A body may say in one word what an answer says in an object, and the other way round.
        let given = given.filter(|given| match given {
            Value::Array(_) => is_list || !(is_object || is_text),
            Value::Object(_) => !is_list && !is_text,
            _ => !is_list && (!is_object || schema.get("properties").is_none()),
        });
        match given {
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| self.value(&schema["items"], Some(item), path, depth + 1))
                .collect(),
            Some(given @ Value::Object(_)) => self.object(schema, Some(given), path, depth),
            Some(given) => given.clone(),
            None if schema["type"] == "array" => self.invented_list(schema, path, depth),
            None if is_object && depth < DEEPEST => self.object(schema, None, path, depth),
            None => self.invented(schema, path),
        }
    }

    fn object(&self, schema: &Value, given: Option<&Value>, path: &str, depth: usize) -> Value {
        let fields = self.schemas.fields(schema, given);
        let mut object = Map::new();
        if let Some(Value::Object(given)) = given {
            object.extend(given.clone());
        }
        if fields.properties.is_empty()
            && let Some(form) = self.schemas.form(schema, given)
            && given.is_none()
        {
            return self.value(form, None, path, depth + 1);
        }
        for (name, property) in &fields.properties {
            let resolved = self.schemas.resolve(property);
            let given = object.get(*name).filter(|it| !it.is_null()).cloned();
            let is_secret = resolved["writeOnly"] == true || property["writeOnly"] == true;
            if is_secret && *name != "groupId" {
                object.remove(*name);
                continue;
            }
            let is_required = fields.required.contains(name);
            let is_server_owned = resolved["readOnly"] == true || property["readOnly"] == true;
            let has_default =
                resolved.get("default").is_some() || property.get("default").is_some();
            let is_shown = is_required
                || matches!(*name, "id" | "_id" | "indexID")
                || has_default
                || (is_server_owned && depth < 3 && !speaks_of_trouble(name));
            let is_shown = is_shown && !is_never_invented(name, depth);
            if given.is_some() || (is_shown && depth < DEEPEST) {
                let at = format!("{path}.{name}");
                let value = given
                    .is_none()
                    .then(|| self.known_value(name, property, depth))
                    .flatten();
                let value =
                    value.unwrap_or_else(|| self.value(property, given.as_ref(), &at, depth + 1));
                object.insert((*name).to_owned(), value);
            }
        }
        self.name_form(schema, given, &mut object);
        Value::Object(object)
    }

    /// Makes a discriminator say which form an invented object has.
    fn name_form(&self, schema: &Value, given: Option<&Value>, object: &mut Map<String, Value>) {
        let discriminator = &schema["discriminator"];
        let Some(property) = discriminator["propertyName"].as_str() else {
            return;
        };
        if given.is_some_and(|given| given.get(property).is_some()) {
            return;
        }
        let Some(form) = self.schemas.form(schema, given) else {
            return;
        };
        let form = self.schemas.resolve(form);
        let mapping = discriminator["mapping"].as_object();
        let words = || mapping.into_iter().flat_map(Map::keys);
        if words().any(|word| object.get(property) == Some(&json!(word))) {
            return;
        }
        let named = words().find(|word| {
            let named = self.schemas.form(schema, Some(&json!({ property: word })));
            named.is_some_and(|it| std::ptr::eq(self.schemas.resolve(it), form))
        });
        if let Some(word) = named {
            object.insert(property.to_owned(), json!(word));
        }
    }

    /// What the path or the resource's own record says about a field.
    fn known_value(&self, name: &str, property: &Value, depth: usize) -> Option<Value> {
        let is_everywhere = matches!(name, "groupId" | "orgId" | "clusterName");
        if depth > 0 && !is_everywhere {
            return None;
        }
        let known = self.known.fields.get(name)?;
        check(self.schemas, property, known, Mode::Part)
            .ok()
            .map(|()| known.clone())
    }

    fn invented_list(&self, schema: &Value, path: &str, depth: usize) -> Value {
        let least = schema["minItems"].as_u64().unwrap_or_default();
        (0..least)
            .map(|index| self.value(&schema["items"], None, &format!("{path}{index}"), depth + 1))
            .collect()
    }

    fn invented(&self, schema: &Value, path: &str) -> Value {
        if let Some(default) = schema.get("default") {
            return default.clone();
        }
        if let Some(word) = sample::word(schema) {
            return word;
        }
        let name = path.rsplit('.').next().unwrap_or_default();
        match schema["type"].as_str() {
            Some("boolean") => json!(false),
            Some("integer") => whole(schema["minimum"].as_f64().unwrap_or_default()),
            Some("number") => json!(schema["minimum"].as_f64().unwrap_or_default()),
            Some("string") => {
                let seed = format!("{} {path}", self.known.seed);
                json!(sample::text(name, schema, &seed, &self.known.now))
            }
            _ if name == "id" || name == "_id" => json!(derived_id(&self.known.seed)),
            _ => json!({}),
        }
    }
}

/// Whether the service leaves a field out that nobody gave, whatever its document says.
fn is_never_invented(name: &str, depth: usize) -> bool {
    match name {
        // Never sent.
        "mobileNumber"
        // How an index works is the client's to say.
        | "analyzer" | "numPartitions" | "searchAnalyzer"
        // So is how long an archive is kept.
        | "dataExpirationRule" => true,
        // And what a role is about; and only what has an address of its own links to it.
        "cluster" | "collection" | "db" | "links" => depth > 0,
        // Nothing was used yet.
        name => name.starts_with("lastUsed") || secrets::is_omitted(name),
    }
}

/// Whether a field is only there when something went wrong or came to its end.
fn speaks_of_trouble(name: &str) -> bool {
    const TROUBLE: [&str; 6] = ["error", "fail", "cancel", "delet", "finish", "complete"];
    let name = name.to_lowercase();
    TROUBLE.iter().any(|word| name.contains(word))
}

/// A bound as the whole number it is, although the document writes some with a point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "bounds of whole numbers are small"
)]
fn whole(bound: f64) -> Value {
    json!(bound as i64)
}
