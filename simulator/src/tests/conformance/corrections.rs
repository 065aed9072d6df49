//! The OpenAPI document as JSON Schema, corrected by the deviations of Atlas.
//!
//! The conformance tests and the schemathesis run share this file and `openapi/deviations.toml`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("../../../openapi/atlas-admin-v2.json");
const CONTENT_TYPES: &str = include_str!("../../../behaviour/content-types.toml");
const DEVIATIONS: &str = include_str!("../../../openapi/deviations.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deviations {
    deviation: Vec<Deviation>,
}

/// A deviation of fields from the OpenAPI document, with evidence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an optional key of the file"
)]
struct Deviation {
    /// Fields, each as `Schema.field`.
    at: Vec<String>,
    /// Additional values of an enumeration.
    #[serde(default)]
    words: Vec<String>,
    /// The replacement for the pattern. An empty string removes the pattern.
    pattern: Option<String>,
    /// Requests must match the pattern.
    #[serde(default)]
    #[expect(dead_code, reason = "about requests, and this is about responses")]
    enforced: bool,
    minimum: Option<i64>,
    /// Removes the format.
    #[serde(default)]
    no_format: bool,
    /// Allows the write-only field in responses.
    #[serde(default)]
    shown: bool,
    /// Allows any value.
    #[serde(default)]
    any: bool,
    /// Allows null.
    #[serde(default)]
    null: bool,
    /// Makes the field optional.
    #[serde(default)]
    absent: bool,
    evidence: String,
}

/// Returns the OpenAPI document in version 3.1, whose schemas are JSON Schema.
pub(crate) fn document() -> Value {
    let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let deviations: Deviations = toml::from_str(DEVIATIONS).unwrap();
    for deviation in &deviations.deviation {
        for path in &deviation.at {
            apply(&mut document["components"]["schemas"], path, deviation);
        }
    }
    add_content_types(&mut document);
    split_families(&mut document["components"]["schemas"]);
    rewrite(&mut document);
    document["openapi"] = json!("3.1.0");
    document
}

/// Adds the media types of `content-types.toml` to the successful responses of their operations.
fn add_content_types(document: &mut Value) {
    let table: toml::Table = toml::from_str(CONTENT_TYPES).unwrap();
    for entry in table["operation"].as_array().unwrap() {
        let (id, content_type) = (entry["id"].as_str(), entry["content_type"].as_str());
        let paths = document["paths"].as_object_mut().unwrap().values_mut();
        let mut operations = paths.flat_map(|path| path.as_object_mut().unwrap().values_mut());
        let operation = operations.find(|operation| operation["operationId"].as_str() == id);
        let responses = operation.unwrap()["responses"].as_object_mut().unwrap();
        let mut successes = responses
            .iter_mut()
            .filter(|(status, _)| status.starts_with('2'));
        let (_, response) = successes.next().unwrap();
        if let Some(content_type) = content_type.filter(|text| !text.is_empty()) {
            response["content"][content_type] = json!({ "schema": { "format": "binary" } });
        }
    }
}

/// Applies a deviation to one field, and panics if that changes nothing.
fn apply(schemas: &mut Value, path: &str, deviation: &Deviation) {
    assert!(!deviation.evidence.is_empty(), "{path} has no evidence");
    let (name, field) = path.split_once('.').unwrap();
    let schema = schemas
        .get_mut(name)
        .unwrap_or_else(|| panic!("no schema {name}"));
    let before = schema.clone();
    if deviation.absent {
        remove_requirement(schema, field);
    }
    if schema["discriminator"]["propertyName"] == field && !deviation.words.is_empty() {
        schema["discriminator"]["others"] = json!(deviation.words);
    }
    let property = property_mut(schema, field).unwrap_or_else(|| panic!("no field {path}"));
    if let Some(Value::Array(words)) = property.get_mut("enum") {
        words.extend(deviation.words.iter().map(|word| json!(word)));
    }
    match deviation.pattern.as_deref() {
        Some("") => drop(property.as_object_mut().unwrap().remove("pattern")),
        Some(pattern) => property["pattern"] = json!(pattern),
        None => {}
    }
    if let Some(minimum) = deviation.minimum {
        property["minimum"] = json!(minimum);
    }
    if deviation.no_format {
        property.as_object_mut().unwrap().remove("format");
    }
    if deviation.shown {
        property.as_object_mut().unwrap().remove("writeOnly");
    }
    if deviation.any {
        *property = json!({});
    }
    if deviation.null {
        *property = json!({ "anyOf": [property.take(), { "type": "null" }] });
    }
    assert_ne!(
        *schema, before,
        "the document already has the deviation of {path}"
    );
}

/// Returns a property of a schema or of a schema in its `allOf`.
fn property_mut<'a>(schema: &'a mut Value, field: &str) -> Option<&'a mut Value> {
    if schema["properties"].get(field).is_some() {
        return schema["properties"].get_mut(field);
    }
    let mut parts = schema.get_mut("allOf")?.as_array_mut()?.iter_mut();
    parts.find_map(|part| part.get_mut("properties")?.get_mut(field))
}

fn remove_requirement(schema: &mut Value, field: &str) {
    let mut schemas = vec![schema];
    while let Some(schema) = schemas.pop() {
        let Some(object) = schema.as_object_mut() else {
            continue;
        };
        for (keyword, value) in object {
            match (keyword.as_str(), value) {
                ("required", Value::Array(required)) => required.retain(|name| name != field),
                ("allOf", Value::Array(parts)) => schemas.extend(parts),
                _ => {}
            }
        }
    }
}

/// Makes base schemas with a discriminator require the schema that the discriminator selects.
///
/// The selected schemas include the base schema, which would be circular, so they get a copy of the
/// base schema without the discriminator.
fn split_families(schemas: &mut Value) {
    let is_family = |schema: &Value| {
        schema["discriminator"]["mapping"].is_object() && schema.get("oneOf").is_none()
    };
    let schemas = schemas.as_object_mut().unwrap();
    let families: Vec<_> = schemas
        .iter()
        .filter(|(_, schema)| is_family(schema))
        .map(|(name, _)| name.clone())
        .collect();
    for family in families {
        let mut own = schemas[&family].take();
        let discriminator = own.as_object_mut().unwrap().remove("discriminator");
        let own_name = format!("{family}Own");
        for member in schemas.values_mut() {
            for part in member["allOf"].as_array_mut().into_iter().flatten() {
                if part["$ref"] == format!("#/components/schemas/{family}") {
                    part["$ref"] = json!(format!("#/components/schemas/{own_name}"));
                }
            }
        }
        let own_reference = json!({ "$ref": format!("#/components/schemas/{own_name}") });
        schemas[&family] = json!({ "allOf": [own_reference], "discriminator": discriminator });
        schemas.insert(own_name, own);
    }
    for schema in schemas.values_mut() {
        schema
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
    }
}

/// Converts OpenAPI keywords to JSON Schema.
fn rewrite(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(rewrite);
            allow_null(object);
            remove_write_only_requirements(object);
            if let Some(variants) = object.remove("oneOf") {
                object.insert("anyOf".to_owned(), variants);
            }
            if object.contains_key("anyOf") {
                object.remove("type");
            }
            if object.get("exclusiveMinimum") == Some(&json!(true)) {
                let bound = object.remove("minimum").unwrap();
                object.insert("exclusiveMinimum".to_owned(), bound);
            }
            if object.get("format") == Some(&json!("int32")) {
                let (minimum, maximum) = (json!(i32::MIN), json!(i32::MAX));
                object.entry("minimum").or_insert(minimum);
                object.entry("maximum").or_insert(maximum);
            }
            select_by_discriminator(object);
        }
        Value::Array(items) => items.iter_mut().for_each(rewrite),
        _ => {}
    }
}

fn allow_null(schema: &mut Map<String, Value>) {
    if schema.get("nullable") != Some(&json!(true)) {
        return;
    }
    schema.remove("nullable");
    if let Some(Value::String(kind)) = schema.get("type") {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
}

/// Removes write-only fields from `required`, since responses lack them.
fn remove_write_only_requirements(schema: &mut Map<String, Value>) {
    let properties = schema.get("properties").cloned().unwrap_or_default();
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| properties[name.as_str().unwrap()]["writeOnly"] != true);
    }
}

/// Makes the value of a discriminator require the schema that it selects.
fn select_by_discriminator(schema: &mut Map<String, Value>) {
    let Some(discriminator) = schema.get("discriminator").cloned() else {
        return;
    };
    let (Some(property), Some(mapping)) = (
        discriminator["propertyName"].as_str(),
        discriminator["mapping"].as_object(),
    ) else {
        return;
    };
    schema.remove("discriminator");
    schema.remove("anyOf");
    let parts = schema.entry("allOf").or_insert_with(|| json!([]));
    for (word, variant) in mapping {
        parts.as_array_mut().unwrap().push(json!({
            "if": { "properties": { property: { "const": word } }, "required": [property] },
            "then": { "$ref": variant },
        }));
    }
    let mut tags: Vec<_> = mapping.keys().map(|word| json!(word)).collect();
    tags.extend(
        discriminator["others"]
            .as_array()
            .into_iter()
            .flatten()
            .cloned(),
    );
    parts
        .as_array_mut()
        .unwrap()
        .push(json!({ "properties": { property: { "enum": tags } } }));
}
