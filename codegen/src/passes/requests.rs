//! Replaces the media type of request bodies by `application/json`, which progenitor supports.
//!
//! The transport sends the actual media type, which is in the operations table.

use serde_json::{Value, json};

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.operations_mut(|_, _, operation| {
        let Some(content) = operation.pointer_mut("/requestBody/content") else {
            return;
        };
        let media = content
            .as_object()
            .and_then(|content| content.values().next());
        let schema = media.and_then(|media| media.get("schema")).cloned();
        let schema = schema.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        *content = json!({ "application/json": { "schema": schema } });
        changes += 1;
    });
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_operation, *};

    #[test]
    fn versioned_body_becomes_plain_json() {
        let body = json!({"required": true, "content": {"application/vnd.atlas.2024-01-01+json": {"schema": {"type": "object"}}}});
        let mut document = with_operation(json!({"requestBody": body, "responses": {}}), json!({}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let body = &document.as_value()["paths"]["/things"]["get"]["requestBody"];
        assert_eq!(
            *body,
            json!({"required": true, "content": {"application/json": {"schema": {"type": "object"}}}})
        );
    }
}
