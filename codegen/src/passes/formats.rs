//! Drops the formats of strings, and gives integers and numbers one format each.
//!
//! A parsed time would not be serialized as Atlas writes it (`.000Z`), and some times are empty. Keeps
//! `binary`, which marks responses that are bytes.

use serde_json::{Value, json};

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let Some(node) = schema.as_object_mut() else {
            return;
        };
        let format = match node.get("type").and_then(Value::as_str) {
            Some("string") if node.get("format").is_some_and(|format| format != "binary") => None,
            Some("integer") => Some("int64"),
            Some("number") => Some("double"),
            _ => return,
        };
        let before = match format {
            Some(format) => node.insert("format".to_owned(), json!(format)),
            None => node.remove("format"),
        };
        if format.is_some() {
            // typify does not support enums of numbers.
            node.remove("enum");
        }
        changes += usize::from(before.as_ref().and_then(Value::as_str) != format);
    });
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    #[test]
    fn times_become_strings_and_integers_int64() {
        let mut document = with_schemas(json!({"Request": {}, "Response": {"properties": {
            "at": {"type": "string", "format": "date-time"},
            "count": {"type": "integer", "format": "int32"},
            "size": {"type": "number"}}}}));

        assert_eq!(apply(&mut document).unwrap(), 3);

        let properties = &document.schemas().unwrap()["Response"]["properties"];
        let expected = json!({
            "at": {"type": "string"},
            "count": {"type": "integer", "format": "int64"},
            "size": {"type": "number", "format": "double"}});
        assert_eq!(*properties, expected);
    }
}
