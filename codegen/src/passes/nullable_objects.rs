//! Drops `nullable` from schemas that have a name.
//!
//! The generator would wrap each in another struct whose only field is an `Option`. No field needs it:
//! all that refer to such a schema are optional, and an optional field takes null for absent.

use serde_json::Value;

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let schemas = document.schemas_mut()?.values_mut();
    let removed = schemas
        .filter_map(Value::as_object_mut)
        .filter_map(|schema| schema.remove("nullable"));
    Ok(removed.count())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn drops_the_mark_of_a_schema_and_keeps_that_of_a_field() {
        let field = json!({"type": "string", "nullable": true});
        let mut document = with_schemas(json!({"Answer": {}, "Request": {
            "type": "object", "nullable": true, "properties": {"name": field}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let request = &document.schemas().unwrap()["Request"];
        let expected = json!({"type": "object", "properties": {"name": field}});
        assert_eq!(*request, expected);
    }
}
