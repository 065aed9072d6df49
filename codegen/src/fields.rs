//! Paths of the fields of a schema and its nested schemas.

use serde_json::Value;

use crate::document::{Document, Schemas, content_schemas, schema_name};

/// Visits all fields, parents before children. A path consists of names joined by dots, with `*` for
/// list items and map values.
///
/// Visits the nested fields if the closure returns `true`. Does not follow cycles.
pub(crate) fn visit(
    schemas: &Schemas,
    schema: &Value,
    enter: &mut impl FnMut(String, &Value) -> bool,
) {
    visit_fields(schemas, schema, &mut Vec::new(), &mut Vec::new(), enter);
}

/// Returns the sorted paths of all fields of a body, without those that end in `*`.
pub(crate) fn paths(document: &Document, body: &Value) -> Vec<String> {
    let Ok(schemas) = document.schemas() else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    for schema in content_schemas(body) {
        visit(schemas, schema, &mut |path, _| {
            if !path.ends_with('*') {
                paths.push(path);
            }
            true
        });
    }
    paths.sort();
    paths.dedup();
    paths
}

fn visit_fields(
    schemas: &Schemas,
    schema: &Value,
    path: &mut Vec<String>,
    visited: &mut Vec<String>,
    enter: &mut impl FnMut(String, &Value) -> bool,
) {
    if let Some(name) = schema_name(schema) {
        let Some(target) = schemas
            .get(name)
            .filter(|_| !visited.iter().any(|visited| visited == name))
        else {
            return;
        };
        visited.push(name.to_owned());
        visit_fields(schemas, target, path, visited, enter);
        visited.pop();
        return;
    }
    let properties = schema["properties"].as_object().into_iter().flatten();
    let properties = properties.map(|(name, property)| (name.as_str(), property));
    let elements = ["items", "additionalProperties"].iter();
    let elements = elements.filter_map(|key| {
        let element = schema.get(key).filter(|element| element.is_object())?;
        Some(("*", element))
    });
    for (name, inner) in properties.chain(elements) {
        path.push(name.to_owned());
        if enter(path.join("."), inner) {
            visit_fields(schemas, inner, path, visited, enter);
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_fields_in_lists_and_maps_and_behind_references() {
        let part = json!({"properties": {
            "id": {"type": "string"},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}}});
        let body = json!({"content": {"application/json": {"schema": {"properties": {
            "name": {"type": "string"},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
            "named": {"type": "object", "additionalProperties": {"properties": {"id": {}}}}}}}}});
        let document = Document::from_value(json!({
            "paths": {}, "components": {"schemas": {"Part": part}}}))
        .unwrap();

        let expected = [
            "name",
            "named",
            "named.*.id",
            "parts",
            "parts.*.id",
            "parts.*.parts",
        ];
        assert_eq!(paths(&document, &body), expected);
    }
}
