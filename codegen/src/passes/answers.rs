//! Gives every operation one successful answer with at most one media type.
//!
//! progenitor reads `application/json` and byte streams, one success an operation. Any 2xx is that
//! success, since Atlas does not keep to the documented ones. A JSON media type without a schema
//! is an empty answer; where there is a choice between JSON and csv, JSON it is.

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
        let content = bodies.iter().find_map(one_content).unwrap_or_default();
        responses.insert(
            "2XX".to_owned(),
            json!({ "description": "", "content": content }),
        );
        changes += 1;
    });
    Ok(changes)
}

/// The content of a response under a media type that progenitor reads, if it has any.
fn one_content(response: &Value) -> Option<Map<String, Value>> {
    let content = response.get("content")?.as_object()?;
    let mut choices: Vec<_> = content
        .iter()
        .filter_map(|(name, media)| Some((MediaType::parse(name)?.format != "json", name, media)))
        .collect();
    choices.sort_by_key(|(not_json, name, _)| (*not_json, *name));
    let (not_json, _, media) = choices.first()?;
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

    fn answer_to(responses: &Value) -> Value {
        let mut document = with_operation(
            json!({"operationId": "x", "responses": responses}),
            json!({}),
        );
        assert_eq!(apply(&mut document).unwrap(), 1);
        document.as_value()["paths"]["/things"]["get"]["responses"].clone()
    }

    #[test]
    fn json_wins_over_csv_and_a_body_over_none() {
        let responses = answer_to(&json!({
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
    fn gzip_is_bytes() {
        let responses =
            answer_to(&json!({"200": {"content": {"application/vnd.atlas.2024-01-01+gzip": {}}}}));

        let bytes =
            json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}});
        assert_eq!(responses["2XX"]["content"], bytes);
    }

    #[test]
    fn json_without_a_schema_is_empty() {
        let responses =
            answer_to(&json!({"202": {"content": {"application/vnd.atlas.2024-01-01+json": {}}}}));

        assert_eq!(responses["2XX"]["content"], json!({}));
    }
}
