//! Generates responses from a schema: the fields of a request and the fields that Atlas adds.

use serde_json::{Map, Value, json};

use super::{MAX_DEPTH, Mode, Schemas, check, sample};
use crate::schema::secrets;
use crate::state::derived_id;

/// Known values of a resource.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The values of fields by name, such as the ids in the path.
    pub(crate) fields: Map<String, Value>,
    /// The seed of generated ids, which differs between resources.
    pub(crate) seed: String,
    /// The current time in the format of responses.
    pub(crate) now: String,
}

/// Returns a response of a schema that contains the source value.
///
/// Adds read-only fields, required fields and fields with a default. Omits write-only fields.
pub(crate) fn fill(schemas: &Schemas, schema: &Value, source: &Value, known: &Known) -> Value {
    let source = Some(source).filter(|value| !value.is_null());
    Filler { schemas, known }.fill(schema, source, "", 0)
}

struct Filler<'a> {
    schemas: &'a Schemas,
    known: &'a Known,
}

impl Filler<'_> {
    fn fill(&self, schema: &Value, source: Option<&Value>, path: &str, depth: usize) -> Value {
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
        // A field can be a string in the request and an object in the response, or the reverse.
        let source = source.filter(|source| match source {
            Value::Array(_) => is_list || !(is_object || is_text),
            Value::Object(_) => !is_list && !is_text,
            _ => !is_list && (!is_object || schema.get("properties").is_none()),
        });
        match source {
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| self.fill(&schema["items"], Some(item), path, depth + 1))
                .collect(),
            Some(source @ Value::Object(_)) => self.fill_object(schema, Some(source), path, depth),
            Some(source) => source.clone(),
            None if schema["type"] == "array" => self.generate_list(schema, path, depth),
            None if is_object && depth < MAX_DEPTH => self.fill_object(schema, None, path, depth),
            None => self.generate(schema, path),
        }
    }

    fn fill_object(
        &self,
        schema: &Value,
        source: Option<&Value>,
        path: &str,
        depth: usize,
    ) -> Value {
        let fields = self.schemas.fields(schema, source);
        let mut object = Map::new();
        if let Some(Value::Object(fields)) = source {
            object.extend(fields.clone());
        }
        if fields.properties.is_empty()
            && let Some(variant) = self.schemas.variant(schema, source)
            && source.is_none()
        {
            return self.fill(variant, None, path, depth + 1);
        }
        for (name, property) in &fields.properties {
            let resolved = self.schemas.resolve(property);
            let value = object.get(*name).filter(|value| !value.is_null()).cloned();
            let is_secret = resolved["writeOnly"] == true || property["writeOnly"] == true;
            if is_secret {
                object.remove(*name);
                continue;
            }
            let is_required = fields.required.contains(name);
            let is_read_only = resolved["readOnly"] == true || property["readOnly"] == true;
            let has_default =
                resolved.get("default").is_some() || property.get("default").is_some();
            let is_shown = is_required
                || matches!(*name, "id" | "_id" | "indexID")
                || has_default
                || (is_read_only && depth < 3 && !is_failure_field(name) && *name != "description");
            let is_shown = is_shown && !is_never_generated(name, depth);
            if value.is_some() || (is_shown && depth < MAX_DEPTH) {
                let field = format!("{path}.{name}");
                let known_value = value
                    .is_none()
                    .then(|| self.known_value(name, property, depth))
                    .flatten();
                let value = known_value
                    .unwrap_or_else(|| self.fill(property, value.as_ref(), &field, depth + 1));
                object.insert((*name).to_owned(), value);
            }
        }
        self.set_discriminator(schema, source, &mut object);
        Value::Object(object)
    }

    /// Sets the discriminator of a generated object to its variant.
    fn set_discriminator(
        &self,
        schema: &Value,
        source: Option<&Value>,
        object: &mut Map<String, Value>,
    ) {
        let discriminator = &schema["discriminator"];
        let Some(property) = discriminator["propertyName"].as_str() else {
            return;
        };
        if source.is_some_and(|source| source.get(property).is_some()) {
            return;
        }
        let Some(variant) = self.schemas.variant(schema, source) else {
            return;
        };
        let selected = self.schemas.resolve(variant);
        let mapping = discriminator["mapping"].as_object();
        let tags = || mapping.into_iter().flat_map(Map::keys);
        if tags().any(|tag| object.get(property) == Some(&json!(tag))) {
            return;
        }
        let tag = tags().find(|tag| {
            let variant = self
                .schemas
                .variant(schema, Some(&json!({ property: tag })));
            variant.is_some_and(|variant| std::ptr::eq(self.schemas.resolve(variant), selected))
        });
        if let Some(tag) = tag {
            object.insert(property.to_owned(), json!(tag));
        }
    }

    /// Returns the known value of a field.
    fn known_value(&self, name: &str, property: &Value, depth: usize) -> Option<Value> {
        let is_known_at_any_depth = matches!(name, "groupId" | "orgId" | "clusterName");
        if depth > 0 && !is_known_at_any_depth {
            return None;
        }
        let known = self.known.fields.get(name)?;
        check(self.schemas, property, known, Mode::Part)
            .ok()
            .map(|()| known.clone())
    }

    fn generate_list(&self, schema: &Value, path: &str, depth: usize) -> Value {
        let minimum = schema["minItems"].as_u64().unwrap_or_default();
        (0..minimum)
            .map(|index| self.fill(&schema["items"], None, &format!("{path}{index}"), depth + 1))
            .collect()
    }

    fn generate(&self, schema: &Value, path: &str) -> Value {
        if let Some(default) = schema.get("default") {
            return default.clone();
        }
        if let Some(word) = sample::select_enum_value(schema) {
            return word;
        }
        match schema["type"].as_str() {
            Some("boolean") => json!(false),
            Some("integer") => integer(schema["minimum"].as_f64().unwrap_or_default()),
            Some("number") => json!(schema["minimum"].as_f64().unwrap_or_default()),
            Some("string") => {
                let seed = format!("{} {path}", self.known.seed);
                json!(sample::generate_string(
                    path,
                    schema,
                    &seed,
                    &self.known.now
                ))
            }
            _ if matches!(path.rsplit('.').next(), Some("id" | "_id")) => {
                json!(derived_id(&self.known.seed))
            }
            _ => json!({}),
        }
    }
}

/// Returns `true` if Atlas omits a field that no request has set, contrary to the OpenAPI document.
fn is_never_generated(name: &str, depth: usize) -> bool {
    match name {
        // Never sent.
        "mobileNumber"
        // Optional settings of an index.
        | "analyzer" | "numPartitions" | "searchAnalyzer"
        // An optional setting of an archive, and the type of its partition fields.
        | "dataExpirationRule" | "fieldType" => true,
        // The resource of a role, and links of nested objects.
        "cluster" | "collection" | "db" | "links" => depth > 0,
        // Times of the last use, which unused resources lack.
        name => name.starts_with("lastUsed") || secrets::is_omitted(name),
    }
}

/// Returns `true` if a field is present only after a failure or at the end of a process.
fn is_failure_field(name: &str) -> bool {
    const NAME_PARTS: [&str; 6] = ["error", "fail", "cancel", "delet", "finish", "complete"];
    let name = name.to_lowercase();
    NAME_PARTS.iter().any(|word| name.contains(word))
}

/// Converts a bound to an integer. The OpenAPI document contains some bounds as decimals.
#[expect(
    clippy::cast_possible_truncation,
    reason = "bounds of integers are small"
)]
fn integer(bound: f64) -> Value {
    json!(bound as i64)
}
