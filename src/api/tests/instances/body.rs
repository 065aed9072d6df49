//! Request bodies with marked server-owned fields.

use serde_json::{Value, json};

/// Key of an object that marks its value as server-owned.
const SERVER_OWNED: &str = "$serverOwned";

/// A request body in which the server-owned fields are marked.
pub(in crate::api::tests) struct Body(Value);

impl Body {
    pub(super) fn new(marked: Value) -> Self {
        Self(marked)
    }

    pub(in crate::api::tests) fn with_server_owned(&self) -> Value {
        unmark(&self.0, true)
    }

    pub(in crate::api::tests) fn without_server_owned(&self) -> Value {
        unmark(&self.0, false)
    }
}

/// Marks the value of a field that only the server sets.
pub(super) fn mark_server_owned(value: &Value) -> Value {
    json!({ SERVER_OWNED: value })
}

/// Removes the marks, and the marked fields unless `keep`.
fn unmark(value: &Value, keep: bool) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.iter().filter_map(|(name, value)| {
                let value = match value.get(SERVER_OWNED) {
                    Some(marked) => keep.then(|| unmark(marked, true))?,
                    None => unmark(value, keep),
                };
                Some((name.clone(), value))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| {
                let mut unmarked = unmark(item, keep);
                // Atlas identifies the items of a list by their ids
                if let Some(id) = item.get("id") {
                    unmarked["id"] = unmark(id.get(SERVER_OWNED).unwrap_or(id), keep);
                }
                unmarked
            });
            items.collect()
        }
        other => other.clone(),
    }
}
