//! Parses JSON as Python's `json.loads` does, with all digits of numbers.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{Python, literal};
use crate::terminal::printable;

/// Maximum depth; deeper values are printed verbatim.
const DEPTH: usize = 128;

/// Parses a JSON text. Values that Rust cannot represent, such as half of a surrogate pair, are
/// printed verbatim.
pub(super) fn read(json: &str) -> Python {
    value(json.trim(), DEPTH)
}

fn value(json: &str, depth: usize) -> Python {
    let parsed = match json.as_bytes().first() {
        _ if depth == 0 => None,
        Some(b'{') => dictionary(json, depth - 1),
        Some(b'[') => list(json, depth - 1),
        Some(b'"') => serde_json::from_str(json).map(Python::Text).ok(),
        Some(b't') => Some(Python::Expression("True".to_owned())),
        Some(b'f') => Some(Python::Expression("False".to_owned())),
        Some(b'n') => Some(Python::Expression("None".to_owned())),
        _ => Some(Python::Expression(literal::number(json))),
    };
    parsed.unwrap_or_else(|| Python::Expression(printable(json).into_owned()))
}

fn dictionary(json: &str, depth: usize) -> Option<Python> {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(json).ok()?;
    let fields = fields.into_iter();
    Some(Python::Dictionary(
        fields
            .map(|(key, raw)| (key, value(raw.get(), depth)))
            .collect(),
    ))
}

fn list(json: &str, depth: usize) -> Option<Python> {
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let items = items.into_iter();
    Some(Python::List(
        items.map(|raw| value(raw.get(), depth)).collect(),
    ))
}
