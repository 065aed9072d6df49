//! Turns objects without declared fields into arbitrary JSON values.

use serde_json::Value;

use crate::{document::Document, error::Result};

/// Keys that declare the fields of an object.
const SHAPE_KEYS: [&str; 5] = [
    "properties",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let is_free =
            schema["type"] == "object" && SHAPE_KEYS.iter().all(|key| schema.get(key).is_none());
        if let Some(node) = schema.as_object_mut().filter(|_| is_free) {
            node.remove("type");
            node.remove("nullable");
            changes += 1;
        }
        if let Some(values) = schema
            .get_mut("additionalProperties")
            .filter(|values| **values == true)
        {
            *values = Value::Object(serde_json::Map::new());
            changes += 1;
        }
    });
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn object_without_fields_becomes_any_value() {
        let mut document = with_schemas(json!({"Request": {}, "Response": {
            "type": "object", "properties": {"free": {"type": "object", "readOnly": true}}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let response = &document.schemas().unwrap()["Response"];
        assert_eq!(response["properties"]["free"], json!({"readOnly": true}));
        assert_eq!(response["type"], "object");
    }
}
