//! Gives each operation one successful response with at most one media type.
//!
//! Progenitor supports `application/json` and byte streams, and one successful response for each
//! operation. It becomes `2XX`, since Atlas also sends undocumented statuses. A JSON media type without a
//! schema is an empty response. JSON is preferred over CSV.

use serde_json::{Map, Value, json};

use crate::{
    document::{Document, is_success},
    error::Result,
    media_type::MediaType,
};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.operations_mut(|_, _, operation| {
        let Some(responses) = operation["responses"].as_object_mut() else {
            return;
        };
        let successes: Vec<String> = responses
            .keys()
            .filter(|status| is_success(status))
            .cloned()
            .collect();
        let bodies: Vec<Value> = successes
            .iter()
            .filter_map(|status| responses.remove(status))
            .collect();
        let content = bodies
            .iter()
            .find_map(supported_content)
            .unwrap_or_default();
        responses.insert(
            "2XX".to_owned(),
            json!({ "description": "", "content": content }),
        );
        changes += 1;
    });
    Ok(changes)
}

/// Returns the content of a response with a media type that progenitor supports.
fn supported_content(response: &Value) -> Option<Map<String, Value>> {
    let content = response.get("content")?.as_object()?;
    let mut candidates: Vec<_> = content
        .iter()
        .filter_map(|(name, media)| Some((MediaType::parse(name)?.format != "json", name, media)))
        .collect();
    candidates.sort_by_key(|(not_json, name, _)| (*not_json, *name));
    let (not_json, _, media) = candidates.first()?;
    let entry = if *not_json || media["schema"]["format"] == "binary" {
        let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
        ("application/octet-stream".to_owned(), bytes)
    } else {
        (
            "application/json".to_owned(),
            json!({ "schema": media.get("schema")? }),
        )
    };
    Some(Map::from_iter([entry]))
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_operation, *};

    fn responses_after_pass(responses: &Value) -> Value {
        let mut document = with_operation(
            json!({"operationId": "x", "responses": responses}),
            json!({}),
        );
        assert_eq!(apply(&mut document).unwrap(), 1);
        document.as_value()["paths"]["/things"]["get"]["responses"].clone()
    }

    #[test]
    fn prefers_json_over_csv_and_body_over_none() {
        let responses = responses_after_pass(&json!({
            "200": {"content": {
                "application/vnd.atlas.2024-01-01+csv": {},
                "application/vnd.atlas.2024-01-01+json": {"schema": {"type": "object"}}}},
            "204": {}}));

        let content = json!({"application/json": {"schema": {"type": "object"}}});
        assert_eq!(
            responses,
            json!({"2XX": {"description": "", "content": content}})
        );
    }

    #[test]
    fn gzip_response_is_bytes() {
        let responses = responses_after_pass(
            &json!({"200": {"content": {"application/vnd.atlas.2024-01-01+gzip": {}}}}),
        );

        let bytes =
            json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}});
        assert_eq!(responses["2XX"]["content"], bytes);
    }

    #[test]
    fn json_without_schema_is_empty() {
        let responses = responses_after_pass(
            &json!({"202": {"content": {"application/vnd.atlas.2024-01-01+json": {}}}}),
        );

        assert_eq!(responses["2XX"]["content"], json!({}));
    }
}
