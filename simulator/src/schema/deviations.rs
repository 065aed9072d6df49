//! Deviations from the OpenAPI document, in `deviations.toml`: additional enumeration
//! values, fields with any value, patterns that Atlas does not enforce, and write-only fields that
//! responses contain.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::schema::{ANY_VALUE, Schemas};

#[derive(Deserialize)]
struct Deviations {
    deviation: Vec<Deviation>,
}

/// A deviation of fields from the OpenAPI document that applies to requests.
#[derive(Deserialize)]
struct Deviation {
    at: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    pattern: Option<String>,
    /// `true` if requests must match the pattern.
    #[serde(default)]
    enforced: bool,
    minimum: Option<i64>,
    #[serde(default)]
    any: bool,
    /// `true` for a write-only field that responses contain.
    #[serde(default)]
    shown: bool,
}

fn load_deviations() -> Vec<Deviation> {
    let source = include_str!("../../openapi/deviations.toml");
    toml::from_str::<Deviations>(source).map_or_else(|_| Vec::new(), |file| file.deviation)
}

/// Extends the named schemas by the values that Atlas accepts.
pub(crate) fn loosen(schemas: &mut Value) {
    for deviation in load_deviations() {
        for location in &deviation.at {
            let (name, field) = location.split_once('.').unwrap_or_default();
            if let Some(schema) = schemas.get_mut(name) {
                loosen_field(schema, field, &deviation);
            }
        }
    }
}

fn loosen_field(schema: &mut Value, field: &str, deviation: &Deviation) {
    let added_values = || deviation.words.iter().map(|word| json!(word));
    let discriminator = schema.get_mut("discriminator");
    if let Some(discriminator) = discriminator.filter(|object| object["propertyName"] == field) {
        discriminator["others"] = added_values().collect();
    }
    let Some(property) = property_mut(schema, field) else {
        return;
    };
    if let Some(Value::Array(known)) = property.get_mut("enum") {
        known.extend(added_values());
    }
    if let Some(minimum) = deviation.minimum {
        property["minimum"] = json!(minimum);
    }
    if let Some(pattern) = deviation.pattern.as_ref().filter(|_| deviation.enforced) {
        property["pattern"] = json!(pattern);
    }
    if deviation.shown
        && let Some(property) = property.as_object_mut()
    {
        property.remove("writeOnly");
    }
    if deviation.any {
        property[ANY_VALUE] = json!(true);
    }
}

/// Returns a property of a schema or of a schema in its `allOf`.
fn property_mut<'a>(schema: &'a mut Value, field: &str) -> Option<&'a mut Value> {
    if schema["properties"].get(field).is_some() {
        return schema["properties"].get_mut(field);
    }
    let mut parts = schema.get_mut("allOf")?.as_array_mut()?.iter_mut();
    parts.find_map(|part| part.get_mut("properties")?.get_mut(field))
}

/// Returns the patterns of the OpenAPI document that Atlas does not enforce.
pub(crate) fn collect_patterns(schemas: &Schemas) -> HashSet<String> {
    let deviations = load_deviations();
    let locations = deviations
        .iter()
        .filter(|deviation| deviation.any || deviation.pattern.is_some() && !deviation.enforced)
        .flat_map(|deviation| &deviation.at);
    locations
        .filter_map(|location| pattern(schemas, location))
        .collect()
}

/// Returns the pattern of a field, given as `Schema.field`.
fn pattern(schemas: &Schemas, location: &str) -> Option<String> {
    let (schema, field) = location.split_once('.')?;
    let reference = json!({ "$ref": format!("#/components/schemas/{schema}") });
    let fields = schemas.fields(&reference, None);
    let pattern = fields.properties.get(field)?.get("pattern");
    pattern.and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::document::Document;

    #[test]
    fn pattern_of_names_is_not_enforced() {
        let all_patterns = collect_patterns(Document::vendored().unwrap().schemas());

        let has_name_pattern = all_patterns
            .iter()
            .any(|pattern| pattern.contains("\\p{L}"));
        assert!(has_name_pattern, "{all_patterns:?}");
    }
}
