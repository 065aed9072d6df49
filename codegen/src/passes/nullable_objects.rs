//! Drops `nullable` from named schemas.
//!
//! typify would wrap each of them in a struct whose only field is an `Option`. The fields that reference
//! them are optional and accept null anyway.

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
    fn drops_nullable_of_schema_and_keeps_it_on_field() {
        let field = json!({"type": "string", "nullable": true});
        let mut document = with_schemas(json!({"Response": {}, "Request": {
            "type": "object", "nullable": true, "properties": {"name": field}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let request = &document.schemas().unwrap()["Request"];
        let expected = json!({"type": "object", "properties": {"name": field}});
        assert_eq!(*request, expected);
    }
}
