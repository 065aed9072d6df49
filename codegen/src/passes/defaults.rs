//! Drops default values.
//!
//! Generated code would send them: an empty update of a cluster would reset nine fields.

use super::constraints::drop_keys;
use crate::{document::Document, error::Result};

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    Ok(drop_keys(document, &["default"]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::with_schemas, *};

    #[test]
    fn drops_default() {
        let mut document = with_schemas(json!({"Response": {}, "Request": {"properties": {
            "paused": {"type": "boolean", "default": false}}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let properties = &document.schemas().unwrap()["Request"]["properties"];
        assert_eq!(*properties, json!({"paused": {"type": "boolean"}}));
    }
}
