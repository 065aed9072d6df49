//! Names of path parameters in documents and error codes.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::call::Call;
use crate::schema::behaviour::{behaviour, parse};

static NAMING: LazyLock<Naming> = LazyLock::new(|| parse(behaviour!("naming.toml")));

/// The fields of each path parameter that has an entry.
static FIELDS_BY_PARAMETER: LazyLock<HashMap<&str, &[String]>> = LazyLock::new(|| {
    let parameters = NAMING.parameter.iter();
    let fields = parameters.flat_map(|parameter| {
        let names = parameter.names.iter();
        names.map(|name| (name.as_str(), parameter.fields.as_slice()))
    });
    fields.collect()
});

#[derive(Default, Deserialize)]
struct Naming {
    parameter: Vec<ParameterFields>,
    noun: Vec<Noun>,
    key: Vec<Key>,
}

/// The fields of documents that contain the value of a path parameter.
#[derive(Deserialize)]
struct ParameterFields {
    names: Vec<String>,
    fields: Vec<String>,
}

/// The noun of a path parameter in error codes.
#[derive(Deserialize)]
struct Noun {
    parameter: String,
    noun: String,
}

/// A field that identifies a created item.
#[derive(Deserialize)]
pub(super) struct Key {
    pub(super) field: String,
    /// `true` if a second item with the same value is rejected.
    #[serde(default)]
    pub(super) unique: bool,
}

/// Returns the fields that identify created items.
pub(super) fn keys() -> &'static [Key] {
    &NAMING.key
}

/// Returns the fields of a document that contain the value of a path parameter.
pub(crate) fn fields(parameter: &str) -> Vec<&str> {
    match FIELDS_BY_PARAMETER.get(parameter) {
        Some(fields) => fields.iter().map(String::as_str).collect(),
        None => vec![parameter, "id", "_id"],
    }
}

/// Returns the noun of an error code: `SNAPSHOT` for `snapshotId`.
pub(crate) fn noun(parameter: &str, collection: &str) -> String {
    let mut nouns = NAMING.noun.iter();
    if let Some(known) = nouns.find(|noun| noun.parameter == parameter) {
        return known.noun.clone();
    }
    let bare = parameter
        .trim_end_matches("Id")
        .trim_end_matches("Name")
        .trim_end_matches("Value");
    let bare = if bare.is_empty() || bare == "id" || bare == "name" {
        let last = collection
            .rsplit('/')
            .find(|segment| !segment.starts_with('{'));
        singular(last.unwrap_or("resource"))
    } else {
        bare
    };
    let mut noun = String::new();
    for character in bare.chars() {
        if character.is_ascii_uppercase() && !noun.is_empty() {
            noun.push('_');
        }
        noun.push(character.to_ascii_uppercase());
    }
    noun
}

fn singular(word: &str) -> &str {
    let plural = ["xes", "s"].into_iter().find(|end| word.ends_with(end));
    match plural {
        Some("xes") => word.strip_suffix("es").unwrap_or(word),
        Some(end) if !word.ends_with("ss") => word.strip_suffix(end).unwrap_or(word),
        _ => word,
    }
}

/// Fills a path template with the path parameters of a request.
pub(crate) fn fill_path(call: &Call, template: &str) -> String {
    let mut path = template.to_owned();
    for (name, value) in &call.parameters {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    // An alias's template can have a parameter whose value is in the request body.
    if path.contains("{cloudProvider}") {
        let body = call.object().unwrap_or_default();
        let provider = body.get("providerName").and_then(|name| name.as_str());
        path = path.replace("{cloudProvider}", provider.unwrap_or("AWS"));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::document::Document;

    #[test]
    fn entries_name_path_parameters_and_fields_of_the_document() {
        let document = Document::vendored().unwrap();
        let is_parameter = |name: &String| {
            let mut operations = document.operations().iter();
            operations.any(|operation| operation.path_names().any(|known| known == name))
        };
        let names = NAMING.parameter.iter().flat_map(|entry| &entry.names);
        let names = names.chain(NAMING.noun.iter().map(|noun| &noun.parameter));

        let unknown: Vec<_> = names.filter(|name| !is_parameter(name)).collect();

        assert_eq!(unknown, Vec::<&String>::new());
        let document_json = include_str!("../../openapi/atlas-admin-v2.json");
        let fields = NAMING.parameter.iter().flat_map(|entry| &entry.fields);
        for field in fields.chain(NAMING.key.iter().map(|key| &key.field)) {
            assert!(document_json.contains(&format!("\"{field}\"")), "{field}");
        }
    }
}
