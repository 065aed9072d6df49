//! Comparison of the sent values with a response.

use serde_json::Value;

use crate::schema::Schemas;

/// Returns the list item that contains most of the values, or the document itself.
pub(super) fn find_shown<'a>(sent: &Value, response: &'a Value) -> &'a Value {
    let list = response.get("results").unwrap_or(response).as_array();
    let sent = sent.get(0).unwrap_or(sent);
    let matches = |item: &&Value| {
        let fields = sent.as_object().into_iter().flatten();
        let shown = fields.filter(|(name, value)| contains(&item[*name], value));
        shown.count()
    };
    let items = list.into_iter().flatten();
    items.max_by_key(matches).unwrap_or(response)
}

/// Removes read-only and write-only fields. Returns `None` if the value itself is read-only or
/// write-only.
pub(super) fn readable(schemas: &Schemas, property: &Value, value: &Value) -> Option<Value> {
    let schema = schemas.resolve(property);
    let flags = ["readOnly", "writeOnly"].iter();
    if flags
        .clone()
        .any(|flag| schema[flag] == true || property[flag] == true)
    {
        return None;
    }
    let Value::Object(object) = value else {
        return Some(value.clone());
    };
    let fields = schemas.fields(schema, Some(value)).properties;
    let entries = object.iter().filter_map(|(name, value)| {
        let property = fields.get(name.as_str()).copied().unwrap_or(&Value::Null);
        Some((name.clone(), readable(schemas, property, value)?))
    });
    Some(entries.collect())
}

/// Returns `true` if a value contains everything that was sent.
pub(super) fn contains(shown: &Value, sent: &Value) -> bool {
    match (shown, sent) {
        (_, Value::Object(fields)) => fields
            .iter()
            .all(|(name, value)| contains(&shown[name], value)),
        (Value::Array(shown), Value::Array(sent)) => sent
            .iter()
            .all(|sent| shown.iter().any(|shown| contains(shown, sent))),
        (Value::Number(shown), Value::Number(sent)) => shown.as_f64() == sent.as_f64(),
        (Value::String(shown), Value::String(sent)) => shown.eq_ignore_ascii_case(sent),
        (shown, sent) => shown == sent,
    }
}
