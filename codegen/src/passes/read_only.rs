//! Drops requirements that only the server can meet.
//!
//! A schema that serves requests and answers lists the server's own fields as required; a caller
//! cannot give them.

use serde_json::Value;

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let owned_by_server: Vec<String> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, property)| property["readOnly"] == true)
            .map(|(name, _)| name.clone())
            .collect();
        let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) else {
            return;
        };
        let before = required.len();
        required.retain(|name| !owned_by_server.iter().any(|owned| name == owned));
        changes += before - required.len();
    });
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn a_read_only_field_is_not_required() {
        let mut document = with_schemas(json!({"Answer": {}, "Request": {
            "required": ["id", "name"],
            "properties": {"id": {"type": "string", "readOnly": true}, "name": {"type": "string"}}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        assert_eq!(
            document.schemas().unwrap()["Request"]["required"],
            json!(["name"])
        );
    }
}
