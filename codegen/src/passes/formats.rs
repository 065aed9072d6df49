//! Leaves strings strings and gives numbers one width each.
//!
//! A parsed time would be written back otherwise than Atlas wrote it (`.000Z`), and some are empty.
//! `binary` stays: it marks answers that are bytes.

use serde_json::{Value, json};

use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let Some(node) = schema.as_object_mut() else {
            return;
        };
        let wanted = match node.get("type").and_then(Value::as_str) {
            Some("string") if node.get("format").is_some_and(|format| format != "binary") => None,
            Some("integer") => Some("int64"),
            Some("number") => Some("double"),
            _ => return,
        };
        let before = match wanted {
            Some(format) => node.insert("format".to_owned(), json!(format)),
            None => node.remove("format"),
        };
        if wanted.is_some() {
            // typify makes no type of an enum of numbers.
            node.remove("enum");
        }
        changes += usize::from(before.as_ref().and_then(Value::as_str) != wanted);
    });
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    #[test]
    fn times_are_strings_and_integers_wide() {
        let mut document = with_schemas(json!({"Request": {}, "Answer": {"properties": {
            "at": {"type": "string", "format": "date-time"},
            "count": {"type": "integer", "format": "int32"},
            "size": {"type": "number"}}}}));

        assert_eq!(apply(&mut document).unwrap(), 3);

        let properties = &document.schemas().unwrap()["Answer"]["properties"];
        let expected = json!({
            "at": {"type": "string"},
            "count": {"type": "integer", "format": "int64"},
            "size": {"type": "number", "format": "double"}});
        assert_eq!(*properties, expected);
    }
}
