//! Puts the keys of a document in a fixed order, so that two imports differ only in facts.

use serde_json::{Map, Value};

/// The order of the outermost keys; all others are sorted.
const OUTERMOST: [&str; 6] = ["openapi", "info", "servers", "tags", "paths", "components"];

/// A JSON value that prints its keys in the order that it was given.
pub(super) struct Ordered(Vec<(String, Value)>);

/// The document with its keys in order.
pub(super) fn ordered(document: &Value) -> Ordered {
    let entry = |key: &str| Some((key.to_owned(), sorted(document.get(key)?)));
    Ordered(OUTERMOST.into_iter().filter_map(entry).collect())
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

/// The value with all keys sorted, however the map type keeps them.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries = entries
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sorts_keys_below_the_outermost() {
        let document = json!({"paths": {"b": 1, "a": {"d": 1, "c": 2}}, "openapi": "3.0.1"});

        let text = ordered(&document).to_string();

        let at = |word: &str| text.find(word).unwrap();
        assert!(
            at("openapi") < at("paths") && at("\"a\"") < at("\"b\"") && at("\"c\"") < at("\"d\"")
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), document);
    }
}
