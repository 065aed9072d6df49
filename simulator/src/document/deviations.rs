//! Patterns of the document that the service does not go by, from `deviations.toml`.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::schema::Schemas;

#[derive(Deserialize)]
struct Deviations {
    deviation: Vec<Deviation>,
}

/// What some fields have against the document, as far as it is about patterns.
#[derive(Deserialize)]
struct Deviation {
    at: Vec<String>,
    pattern: Option<String>,
    #[serde(default)]
    any: bool,
}

/// The patterns of all fields that have another one, or none.
pub(crate) fn patterns(schemas: &Schemas) -> HashSet<String> {
    let text = include_str!("../../openapi/deviations.toml");
    let listed = toml::from_str::<Deviations>(text).map_or_else(|_| Vec::new(), |it| it.deviation);
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
    use crate::document::Document;

    #[test]
    fn the_pattern_of_names_is_one_that_nobody_goes_by() {
        let found = patterns(Document::vendored().unwrap().schemas());

        assert!(found.iter().any(|it| it.contains("\\p{L}")), "{found:?}");
    }
}
