//! Sorts the keys of a document, so that imports can be compared line by line.

use serde_json::{Map, Value};

/// The top-level keys that are kept, in output order; others are dropped. The keys of nested objects are sorted.
const TOP_LEVEL_KEYS: [&str; 6] = ["openapi", "info", "servers", "tags", "paths", "components"];

/// A JSON object that prints its keys in insertion order.
pub(super) struct Ordered(Vec<(String, Value)>);

/// Returns the document with sorted keys.
pub(super) fn sort_document(document: &Value) -> Ordered {
    let entry = |key: &str| Some((key.to_owned(), sort_keys(document.get(key)?)));
    Ordered(TOP_LEVEL_KEYS.into_iter().filter_map(entry).collect())
}

impl std::fmt::Display for Ordered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{{")?;
        for (index, (key, value)) in self.0.iter().enumerate() {
            let comma = if index + 1 < self.0.len() { "," } else { "" };
            writeln!(f, "{key:?}: {value:#}{comma}")?;
        }
        write!(f, "}}")
    }
}

/// Returns the value with all keys sorted, whether or not `serde_json` preserves their order.
fn sort_keys(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries = entries
                .into_iter()
                .map(|(key, value)| (key.clone(), sort_keys(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(sort_keys).collect(),
        scalar => scalar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sorts_keys_below_top_level() {
        let document = json!({"paths": {"b": 1, "a": {"d": 1, "c": 2}}, "openapi": "3.0.1"});

        let json = sort_document(&document).to_string();

        let position = |word: &str| json.find(word).unwrap();
        assert!(
            position("openapi") < position("paths")
                && position("\"a\"") < position("\"b\"")
                && position("\"c\"") < position("\"d\"")
        );
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), document);
    }
}
