//! Notes at every operation which fields of its request belong to the server.
//!
//! One schema serves the answer and the request, so a struct that was read and is sent back holds
//! what only the server may set. The SDK leaves that out by these lists. Fields also get a
//! description that says so; words of our own come later and replace it.

use serde_json::{Value, json};

use crate::{
    document::{Document, content_schemas},
    error::Result,
    fields,
};

/// The key under which an operation holds its list.
const KEY: &str = "x-server-owned";

/// What a field's description says that nobody has described.
pub(crate) const SET_BY_ATLAS: &str = "Set by Atlas, not by requests.";

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let schemas = document.schemas()?.clone();
    let mut changes = 0;
    document.operations_mut(|_, _, operation| {
        let mut paths = Vec::new();
        for schema in content_schemas(&operation["requestBody"]) {
            // Only fields can be the server's: a schema that says so of itself means some of the
            // fields that refer to it, and not which.
            fields::visit(&schemas, schema, &mut |path, field| {
                // The id of a list's item tells Atlas which item a request means.
                let is_owned = field["readOnly"] == true && !path.ends_with("*.id");
                if is_owned {
                    paths.push(path);
                }
                !is_owned
            });
        }
        if !paths.is_empty() {
            changes += paths.len();
            operation[KEY] = json!(paths);
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

/// The paths to the server's fields in the request of an operation that has been through the pass:
/// names joined by dots, `*` for every item of a list and every value of a map.
pub(crate) fn of(operation: &Value) -> Vec<String> {
    let paths = operation[KEY].as_array().into_iter().flatten();
    paths
        .filter_map(|path| path.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};
    use crate::document::schema_reference;

    #[test]
    fn the_servers_fields_are_found_in_lists_and_behind_references() {
        let part = json!({"readOnly": true, "properties": {
            "id": {"type": "string", "readOnly": true},
            "state": {"type": "string", "readOnly": true},
            "parts": {"type": "array", "items": schema_reference("Part")},
            "size": {"type": "string"}}});
        let mut document = with_schemas(
            json!({"Answer": {}, "Part": part, "Request": {"properties": {
            "links": {"type": "array", "readOnly": true, "items": schema_reference("Part")},
            "parts": {"type": "array", "items": schema_reference("Part")},
            "named": {"type": "object", "additionalProperties": schema_reference("Part")}}}}),
        );

        assert_eq!(apply(&mut document).unwrap(), 3);

        let mut paths = of(&document.as_value()["paths"]["/things"]["get"]);
        paths.sort();
        assert_eq!(paths, ["links", "named.*.state", "parts.*.state"]);
    }
}
