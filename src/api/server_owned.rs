//! Removes the fields that only Atlas sets from typed request bodies.
//!
//! The struct of a response can then be changed and sent back. The ids of list items are kept, because Atlas identifies
//! the items by them and creates a new item without one.

use serde_json::Value;

use crate::operations::Operation;

/// Removes the fields that only Atlas sets from the body of a request.
pub(super) fn remove_from(body: &mut Value, operation: &Operation) {
    for path in operation.server_owned {
        remove(body, path);
    }
}

/// Removes the field at a path.
fn remove(node: &mut Value, path: &str) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    match (node, rest) {
        (Value::Object(object), None) => drop(object.remove(name)),
        (Value::Array(items), Some(rest)) if name == "*" => {
            for item in items {
                remove(item, rest);
            }
        }
        (Value::Object(object), Some(rest)) if name == "*" => {
            for value in object.values_mut() {
                remove(value, rest);
            }
        }
        (Value::Object(object), Some(rest)) => {
            if let Some(inner) = object.get_mut(name) {
                remove(inner, rest);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation;

    fn without_server_owned(body: &Value) -> Value {
        let mut body = body.clone();
        remove_from(&mut body, operation::UPDATE_GROUP_CLUSTER);
        body
    }

    #[test]
    fn removes_server_owned_fields_at_every_depth() {
        let body = json!({
            "id": "5f0", "stateName": "IDLE", "paused": true, "connectionStrings": {"standard": "m"},
            "replicationSpecs": [{"id": "1", "zoneId": "2", "regionConfigs": [{
                "priority": 7, "effectiveElectableSpecs": {"nodeCount": 3},
                "electableSpecs": {"nodeCount": 3}}]}],
            "new": {"id": 1}});

        assert_eq!(
            without_server_owned(&body),
            json!({
                "paused": true,
                "replicationSpecs": [{"id": "1", "regionConfigs": [{
                    "priority": 7, "electableSpecs": {"nodeCount": 3}}]}],
                "new": {"id": 1}})
        );
    }

    #[test]
    fn keeps_fields_that_the_caller_sets() {
        let body = json!({"paused": false, "replicationSpecs": [{"regionConfigs": [
            {"readOnlySpecs": {"nodeCount": 1}}]}]});

        assert_eq!(without_server_owned(&body), body);
    }
}
