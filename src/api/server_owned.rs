//! Leaves out of a typed request what only Atlas sets.
//!
//! A struct that was read can so be changed and sent back. The ids of a list's items stay: by them Atlas
//! knows which item is meant, and takes one without an id for new.

use reqwest::Request;
use serde_json::Value;

use crate::operations::Operation;

/// Takes the server's fields out of the body.
pub(super) fn leave_out(request: &mut Request, operation: &Operation) {
    if operation.server_owned.is_empty() {
        return;
    }
    let body = request.body().and_then(|body| body.as_bytes());
    let Some(mut document) = body.and_then(|body| serde_json::from_slice(body).ok()) else {
        return;
    };
    let mut found = false;
    for path in operation.server_owned {
        found |= remove(&mut document, path);
    }
    if found {
        *request.body_mut() = Some(document.to_string().into());
    }
}

/// Removes what the path leads to; tells whether there was anything.
fn remove(node: &mut Value, path: &str) -> bool {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    match (node, rest) {
        (Value::Object(object), None) => object.remove(name).is_some(),
        (Value::Array(items), Some(rest)) if name == "*" => remove_each(items.iter_mut(), rest),
        (Value::Object(object), Some(rest)) if name == "*" => {
            remove_each(object.values_mut(), rest)
        }
        (Value::Object(object), Some(rest)) => object
            .get_mut(name)
            .is_some_and(|inner| remove(inner, rest)),
        _ => false,
    }
}

fn remove_each<'a>(nodes: impl Iterator<Item = &'a mut Value>, path: &str) -> bool {
    nodes.fold(false, |found, node| remove(node, path) | found)
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    fn sent(body: &Value) -> Value {
        let operation = Operation::by_id("updateGroupCluster").unwrap();
        let mut request = Request::new(Method::PATCH, "http://127.0.0.1:1".parse().unwrap());
        *request.body_mut() = Some(body.to_string().into());

        leave_out(&mut request, operation);

        serde_json::from_slice(request.body().unwrap().as_bytes().unwrap()).unwrap()
    }

    #[test]
    fn what_atlas_sets_is_left_out_at_every_depth() {
        let body = json!({
            "id": "5f0", "stateName": "IDLE", "paused": true, "connectionStrings": {"standard": "m"},
            "replicationSpecs": [{"id": "1", "zoneId": "2", "regionConfigs": [{
                "priority": 7, "effectiveElectableSpecs": {"nodeCount": 3},
                "electableSpecs": {"nodeCount": 3}}]}],
            "new": {"id": 1}});

        assert_eq!(
            sent(&body),
            json!({
                "paused": true,
                "replicationSpecs": [{"id": "1", "regionConfigs": [{
                    "priority": 7, "electableSpecs": {"nodeCount": 3}}]}],
                "new": {"id": 1}})
        );
    }

    #[test]
    fn what_the_caller_sets_is_sent() {
        let body = json!({"paused": false, "replicationSpecs": [{"regionConfigs": [
            {"readOnlySpecs": {"nodeCount": 1}}]}]});

        assert_eq!(sent(&body), body);
    }
}
