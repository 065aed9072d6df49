//! Parses the behaviour tables in `simulator/behaviour/*.toml`.
//!
//! Each module declares the types of its file and parses the file once. Tests reject an entry
//! without evidence, and an entry about an unknown operation or field.

use serde::de::DeserializeOwned;

/// Includes a file of the `behaviour` folder as a string.
macro_rules! behaviour {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/behaviour/", $file))
    };
}
pub(crate) use behaviour;

/// Parses a file. Tests check that every file is valid.
pub(crate) fn parse<T: DeserializeOwned + Default>(text: &str) -> T {
    let parsed = toml::from_str(text);
    debug_assert!(parsed.is_ok(), "{:?}", parsed.err());
    parsed.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn every_entry_has_evidence() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("behaviour");
        let mut entries = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            let table: toml::Table = toml::from_str(&source).unwrap();
            for (name, list) in &table {
                for entry in list.as_array().unwrap() {
                    let evidence = entry.get("evidence").and_then(toml::Value::as_str);
                    assert!(
                        evidence.is_some_and(|source| source.len() > 10 && source.ends_with('.')),
                        "{}: {name}: {entry}",
                        path.display()
                    );
                    entries += 1;
                }
            }
        }

        assert!(entries > 200, "{entries}");
    }
}
