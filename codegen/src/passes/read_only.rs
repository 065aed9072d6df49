//! Drops read-only fields from `required`.
//!
//! Schemas that requests and responses share require read-only fields, which callers cannot set.

use serde_json::Value;

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let read_only: Vec<String> = schema["properties"]
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
        required.retain(|name| !read_only.iter().any(|field| name == field));
        changes += before - required.len();
    });
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn read_only_field_is_not_required() {
        let mut document = with_schemas(json!({"Response": {}, "Request": {
            "required": ["id", "name"],
            "properties": {"id": {"type": "string", "readOnly": true}, "name": {"type": "string"}}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        assert_eq!(
            document.schemas().unwrap()["Request"]["required"],
            json!(["name"])
        );
    }
}
