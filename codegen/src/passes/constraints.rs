//! Drops patterns and limits on values.
//!
//! They would become newtypes that refuse real names (an organization's may hold spaces), and the
//! server checks them anyway.

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

/// Drops these keys of all schemas; gives the number dropped.
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
    fn limits_go_and_a_field_of_that_name_stays() {
        let mut document = with_schemas(json!({"Request": {}, "Answer": {"properties": {
            "pattern": {"type": "string", "pattern": "^a$", "maxLength": 3}}}}));

        assert_eq!(apply(&mut document).unwrap(), 2);

        let properties = &document.schemas().unwrap()["Answer"]["properties"];
        assert_eq!(*properties, json!({"pattern": {"type": "string"}}));
    }
}
