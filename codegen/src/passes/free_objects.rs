//! Takes objects without declared fields for what they are: any JSON value.

use serde_json::Value;

use crate::{document::Document, error::Result};

/// The keys that say something about an object's fields.
const SHAPE: [&str; 5] = [
    "properties",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let shapeless =
            schema["type"] == "object" && SHAPE.iter().all(|key| schema.get(key).is_none());
        if let Some(node) = schema.as_object_mut().filter(|_| shapeless) {
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
    fn an_object_without_fields_is_any_value() {
        let mut document = with_schemas(json!({"Request": {}, "Answer": {
            "type": "object", "properties": {"free": {"type": "object", "readOnly": true}}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let answer = &document.schemas().unwrap()["Answer"];
        assert_eq!(answer["properties"]["free"], json!({"readOnly": true}));
        assert_eq!(answer["type"], "object");
    }
}
