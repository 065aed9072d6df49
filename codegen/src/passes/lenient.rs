//! Makes the fields of responses optional, and preserves unknown fields.
//!
//! Atlas omits required fields, sends null for them, and sends undocumented fields. Schemas that only
//! requests use are unchanged.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    document::{Document, content_schemas, visit_schema},
    error::Result,
};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let response_schemas = collect_response_schemas(document)?;
    let mut changes = 0;
    let mut relax = |schema: &mut Value, _: &[String]| changes += usize::from(relax(schema));
    for (name, schema) in document.schemas_mut()? {
        if response_schemas.contains(name) {
            visit_schema(schema, &mut vec![name.clone()], &mut relax);
        }
    }
    document.operations_mut(|_, _, operation| {
        for (_, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            let content = response.get_mut("content").and_then(Value::as_object_mut);
            for (_, media) in content.into_iter().flatten() {
                if let Some(schema) = media.get_mut("schema") {
                    visit_schema(schema, &mut Vec::new(), &mut relax);
                }
            }
        }
    });
    Ok(changes)
}

/// Returns the names of all schemas that responses reach.
fn collect_response_schemas(document: &Document) -> Result<BTreeSet<String>> {
    let responses = document
        .operations()
        .flat_map(|(_, _, operation)| operation["responses"].as_object().into_iter().flatten());
    let schemas: Vec<&Value> = responses
        .flat_map(|(_, response)| content_schemas(response))
        .collect();
    document.reachable_from(schemas)
}

/// Drops requirements and allows unknown fields. Returns `true` if the schema has properties.
fn relax(schema: &mut Value) -> bool {
    let Some(node) = schema
        .as_object_mut()
        .filter(|node| node.contains_key("properties"))
    else {
        return false;
    };
    node.remove("required");
    node.insert("additionalProperties".to_owned(), Value::Object(Map::new()));
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn relaxes_responses_only() {
        let part =
            json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
        let mut document = with_schemas(json!({
            "Response": {"type": "object", "properties": {"part": {"$ref": "#/components/schemas/Part"}}},
            "Part": part, "Request": part}));

        assert_eq!(apply(&mut document).unwrap(), 2);

        let schemas = document.schemas().unwrap();
        assert_eq!(schemas["Request"], part);
        assert_eq!(schemas["Part"]["additionalProperties"], json!({}));
        assert!(schemas["Part"].get("required").is_none());
    }
}
