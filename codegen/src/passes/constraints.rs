//! Drops patterns and limits of values.
//!
//! typify would generate newtypes that reject names which Atlas accepts, such as organizations with
//! spaces, and Atlas validates them anyway.

use serde_json::Value;

use crate::{document::Document, error::Result};

const CONSTRAINTS: [&str; 13] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    Ok(drop_keys(document, &CONSTRAINTS))
}

/// Drops these keys from all schemas, and returns the number of dropped keys.
pub(super) fn drop_keys(document: &mut Document, keys: &[&str]) -> usize {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let Some(node) = schema.as_object_mut() else {
            return;
        };
        changes += keys
            .iter()
            .filter_map(|key| node.remove(*key))
            .collect::<Vec<Value>>()
            .len();
    });
    changes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn drops_constraints_and_keeps_fields_of_the_same_name() {
        let mut document = with_schemas(json!({"Request": {}, "Response": {"properties": {
            "pattern": {"type": "string", "pattern": "^a$", "maxLength": 3}}}}));

        assert_eq!(apply(&mut document).unwrap(), 2);

        let properties = &document.schemas().unwrap()["Response"]["properties"];
        assert_eq!(*properties, json!({"pattern": {"type": "string"}}));
    }
}
