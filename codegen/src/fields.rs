//! The fields of a schema and of everything inside it, each by the path that leads to it.

use serde_json::Value;

use crate::document::{Document, Schemas, content_schemas, schema_name};

/// Visits every field, outermost first: names joined by dots, `*` for every item of a list and every
/// value of a map. The closure tells whether to go on inside; circles are followed once.
pub(crate) fn visit(
    schemas: &Schemas,
    schema: &Value,
    see: &mut impl FnMut(String, &Value) -> bool,
) {
    walk(schemas, schema, &mut Vec::new(), &mut Vec::new(), see);
}

/// The paths to all fields of a request or an answer, in order and without those of list items and map
/// values themselves.
pub(crate) fn known(document: &Document, body: &Value) -> Vec<String> {
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

fn walk(
    schemas: &Schemas,
    schema: &Value,
    path: &mut Vec<String>,
    trail: &mut Vec<String>,
    see: &mut impl FnMut(String, &Value) -> bool,
) {
    if let Some(name) = schema_name(schema) {
        let Some(target) = schemas
            .get(name)
            .filter(|_| !trail.iter().any(|it| it == name))
        else {
            return;
        };
        trail.push(name.to_owned());
        walk(schemas, target, path, trail, see);
        trail.pop();
        return;
    }
    let properties = schema["properties"].as_object().into_iter().flatten();
    let properties = properties.map(|(name, property)| (name.as_str(), property));
    let every = ["items", "additionalProperties"].iter();
    let every = every.filter_map(|key| Some(("*", schema.get(key).filter(|it| it.is_object())?)));
    for (name, inner) in properties.chain(every) {
        path.push(name.to_owned());
        if see(path.join("."), inner) {
            walk(schemas, inner, path, trail, see);
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_found_in_lists_and_maps_and_behind_references() {
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
        assert_eq!(known(&document, &body), expected);
    }
}
