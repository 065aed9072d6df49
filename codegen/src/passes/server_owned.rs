//! Records the read-only fields of each request.
//!
//! Requests and responses share schemas, so a struct from a response contains read-only fields. The SDK
//! omits the recorded fields when it sends the struct. The fields also get a default description, which
//! `descriptions.toml` replaces.

use serde_json::{Value, json};

use crate::{
    document::{Document, content_schemas},
    error::Result,
    fields,
};

/// Key of the paths in an operation.
const PATHS_KEY: &str = "x-server-owned";

/// Description of a read-only field.
pub(crate) const SET_BY_ATLAS: &str = "Read-only; set by Atlas.";

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let schemas = document.schemas()?.clone();
    let mut changes = 0;
    document.operations_mut(|_, _, operation| {
        let mut paths = Vec::new();
        for schema in content_schemas(&operation["requestBody"]) {
            // Ignores `readOnly` of schemas, which applies to an unknown part of the fields that
            // reference them.
            fields::visit(&schemas, schema, &mut |path, field| {
                // Requests identify list items by id.
                let is_read_only = field["readOnly"] == true && !path.ends_with("*.id");
                if is_read_only {
                    paths.push(path);
                }
                !is_read_only
            });
        }
        if !paths.is_empty() {
            changes += paths.len();
            operation[PATHS_KEY] = json!(paths);
        }
    });
    document.visit_schemas(&mut |schema, _| {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (_, property) in properties.into_iter().flatten() {
            if property["readOnly"] == true {
                property["description"] = json!(SET_BY_ATLAS);
            }
        }
    });
    Ok(changes)
}

/// Returns the paths of the read-only fields in the request of an operation, after the pass.
pub(crate) fn paths(operation: &Value) -> Vec<String> {
    let paths = operation[PATHS_KEY].as_array().into_iter().flatten();
    paths
        .filter_map(|path| path.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};
    use crate::document::schema_reference;

    #[test]
    fn finds_read_only_fields_in_lists_and_behind_references() {
        let part = json!({"readOnly": true, "properties": {
            "id": {"type": "string", "readOnly": true},
            "state": {"type": "string", "readOnly": true},
            "parts": {"type": "array", "items": schema_reference("Part")},
            "size": {"type": "string"}}});
        let mut document = with_schemas(
            json!({"Response": {}, "Part": part, "Request": {"properties": {
            "links": {"type": "array", "readOnly": true, "items": schema_reference("Part")},
            "parts": {"type": "array", "items": schema_reference("Part")},
            "named": {"type": "object", "additionalProperties": schema_reference("Part")}}}}),
        );

        assert_eq!(apply(&mut document).unwrap(), 3);

        let mut paths = paths(&document.as_value()["paths"]["/things"]["get"]);
        paths.sort();
        assert_eq!(paths, ["links", "named.*.state", "parts.*.state"]);
    }
}
