//! Hides secrets in documents that are shown.

use mongodbatlas::operations::Operation;
use serde_json::Value;

/// The text that replaces a secret.
const REDACTED: &str = "[REDACTED]";

/// Replaces the secret fields of a body of an operation.
pub(crate) fn redact(body: &mut Value, operation: &Operation) {
    match body {
        Value::Object(fields) => {
            for (name, value) in fields {
                if operation.secrets.contains(&name.as_str()) && !value.is_null() {
                    *value = REDACTED.into();
                } else {
                    redact(value, operation);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, operation)),
        _ => {}
    }
}
