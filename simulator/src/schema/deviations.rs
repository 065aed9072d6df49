//! What the service takes against the document, from `deviations.toml`: further words, any value,
//! and patterns that it does not go by.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::schema::{ANYTHING, Schemas};

#[derive(Deserialize)]
struct Deviations {
    deviation: Vec<Deviation>,
}

/// What some fields have against the document, as far as requests may have it too.
#[derive(Deserialize)]
struct Deviation {
    at: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    pattern: Option<String>,
    minimum: Option<i64>,
    #[serde(default)]
    any: bool,
}

fn listed() -> Vec<Deviation> {
    let text = include_str!("../../openapi/deviations.toml");
    toml::from_str::<Deviations>(text).map_or_else(|_| Vec::new(), |it| it.deviation)
}

/// Has the named schemas allow what the service takes.
pub(crate) fn loosen(schemas: &mut Value) {
    for deviation in listed() {
        for place in &deviation.at {
            let place = place.split_once('.').unwrap_or_default();
            if let Some(schema) = schemas.get_mut(place.0) {
                loosen_field(schema, place.1, &deviation);
            }
        }
    }
}

fn loosen_field(schema: &mut Value, field: &str, deviation: &Deviation) {
    let words = || deviation.words.iter().map(|word| json!(word));
    let discriminator = schema.get_mut("discriminator");
    if let Some(discriminator) = discriminator.filter(|it| it["propertyName"] == field) {
        discriminator["others"] = words().collect();
    }
    let Some(property) = property_mut(schema, field) else {
        return;
    };
    if let Some(Value::Array(known)) = property.get_mut("enum") {
        known.extend(words());
    }
    if let Some(minimum) = deviation.minimum {
        property["minimum"] = json!(minimum);
    }
    if deviation.any {
        property[ANYTHING] = json!(true);
    }
}

/// A property of a schema or of a part of it.
fn property_mut<'a>(schema: &'a mut Value, field: &str) -> Option<&'a mut Value> {
    if schema["properties"].get(field).is_some() {
        return schema["properties"].get_mut(field);
    }
    let mut parts = schema.get_mut("allOf")?.as_array_mut()?.iter_mut();
    parts.find_map(|part| part.get_mut("properties")?.get_mut(field))
}

/// The patterns of all fields that have another one, or none.
pub(crate) fn patterns(schemas: &Schemas) -> HashSet<String> {
    let listed = listed();
    let listed = listed
        .iter()
        .filter(|it| it.any || it.pattern.is_some())
        .flat_map(|it| &it.at);
    listed.filter_map(|it| pattern(schemas, it)).collect()
}

/// The pattern of a field, given as `Schema.field`.
fn pattern(schemas: &Schemas, place: &str) -> Option<String> {
    let (schema, field) = place.split_once('.')?;
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
    fn the_pattern_of_names_is_one_that_nobody_goes_by() {
        let found = patterns(Document::vendored().unwrap().schemas());

        assert!(found.iter().any(|it| it.contains("\\p{L}")), "{found:?}");
    }
}
