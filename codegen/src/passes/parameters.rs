//! Inlines shared parameters, and drops `pretty` and `envelope`.
//!
//! The SDK never sends them: `pretty` only formats the response, and `envelope` changes its structure.
//! Some 500 operations have both, which would increase the generated code by two thirds.

use serde_json::Value;

use crate::{document::Document, error::Result};

/// Query parameters that the SDK never sends.
const DROPPED_PARAMETERS: [&str; 2] = ["envelope", "pretty"];

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    let source = document.clone();
    let mut failure = None;
    document.operations_mut(|_, _, operation| {
        let Some(parameters) = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
        else {
            return;
        };
        for parameter in parameters.iter_mut() {
            match source.resolve(parameter) {
                Ok(resolved) => *parameter = resolved.clone(),
                Err(error) => failure = Some(error),
            }
        }
        let before = parameters.len();
        parameters.retain(|parameter| {
            parameter["in"] != "query"
                || !DROPPED_PARAMETERS
                    .iter()
                    .any(|name| parameter["name"] == *name)
        });
        changes += before - parameters.len();
    });
    if let Some(components) = document.0["components"].as_object_mut() {
        components.remove("parameters");
    }
    failure.map_or(Ok(changes), Err)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_operation, *};

    #[test]
    fn inlines_shared_parameters_and_drops_envelope() {
        let parameters = json!([
            {"$ref": "#/components/parameters/envelope"},
            {"$ref": "#/components/parameters/pageNum"}]);
        let mut document = with_operation(
            json!({"parameters": parameters, "responses": {}}),
            json!({}),
        );
        let page = json!({"in": "query", "name": "pageNum", "schema": {"type": "integer"}});
        document.0["components"]["parameters"] =
            json!({"envelope": {"in": "query", "name": "envelope"}, "pageNum": page});

        assert_eq!(apply(&mut document).unwrap(), 1);

        assert_eq!(
            document.as_value()["paths"]["/things"]["get"]["parameters"],
            json!([page])
        );
    }
}
