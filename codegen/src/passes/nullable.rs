//! Marks optional collections as nullable, since Atlas sends null for empty ones.
//!
//! Optional scalars accept null without the mark; collections do not.

use serde_json::{Value, json};

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let required = schema["required"].clone();
        for (name, property) in schema
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            let optional = !required
                .as_array()
                .is_some_and(|list| list.contains(&json!(name)));
            if optional && is_collection(property) && property["nullable"] != true {
                property["nullable"] = json!(true);
                changes += 1;
            }
        }
    });
    Ok(changes)
}

/// Returns `true` if the schema is an array or a map.
fn is_collection(schema: &Value) -> bool {
    schema["type"] == "array" || schema["type"] == "object" && schema.get("properties").is_none()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    #[test]
    fn optional_array_is_nullable() {
        let array = json!({"type": "array", "items": {"type": "string"}});
        let mut document = with_schemas(json!({"Response": {}, "Request": {
            "required": ["roles"], "properties": {"tags": array, "roles": array}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let properties = &document.schemas().unwrap()["Request"]["properties"];
        assert_eq!(properties["tags"]["nullable"], true);
        assert_eq!(properties["roles"], array);
    }
}
