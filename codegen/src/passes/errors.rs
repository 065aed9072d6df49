//! Gives each operation the error responses `4XX` and `5XX`, both with Atlas's error document.
//!
//! Progenitor would also use `default` for successful responses.

use serde_json::{Value, json};

use crate::{
    document::{Document, is_success, schema_reference},
    error::Result,
};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    let error = json!({
        "description": "",
        "content": { "application/json": { "schema": schema_reference("ApiError") } },
    });
    document.operations_mut(|_, _, operation| {
        let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        else {
            return;
        };
        responses.retain(|status, _| is_success(status));
        for status in ["4XX", "5XX"] {
            responses.insert(status.to_owned(), error.clone());
        }
        changes += 1;
    });
    if let Some(components) = document.0["components"].as_object_mut() {
        components.remove("responses");
        components.remove("headers");
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_operation, *};

    #[test]
    fn replaces_documented_errors() {
        let responses =
            json!({"2XX": {}, "404": {"$ref": "#/components/responses/notFound"}, "default": {}});
        let mut document = with_operation(json!({"responses": responses}), json!({"ApiError": {}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let responses = document.as_value()["paths"]["/things"]["get"]["responses"]
            .as_object()
            .unwrap();
        let mut statuses: Vec<_> = responses.keys().collect();
        statuses.sort();
        assert_eq!(statuses, ["2XX", "4XX", "5XX"]);
    }
}
