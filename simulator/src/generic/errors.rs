//! Errors about unknown and duplicate items that differ from the default: `behaviour/item-errors.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::naming;
use crate::call::Call;
use crate::call::error::ApiError;
use crate::schema::behaviour::{behaviour, parse};

static ERRORS: LazyLock<Errors> = LazyLock::new(|| parse(behaviour!("item-errors.toml")));

#[derive(Default, Deserialize)]
struct Errors {
    not_found: Vec<Entry>,
    already_exists: Vec<Entry>,
}

/// The errors of a collection. `{value}` stands for the name of the item, `{groupId}` for that path
/// parameter.
#[derive(Deserialize)]
struct Entry {
    /// End of the path template of the collection.
    collection: String,
    code: String,
    detail: String,
    #[serde(default = "value_only")]
    parameters: Vec<String>,
}

fn value_only() -> Vec<String> {
    vec!["{value}".to_owned()]
}

impl Entry {
    fn error(&'static self, status: u16, call: &Call, value: &str) -> ApiError {
        let fill = |template: &str| naming::fill_path(call, template).replace("{value}", value);
        let parameters = self.parameters.iter();
        let parameters = parameters.map(|template| Value::from(fill(template)));
        ApiError::rejected(status, &self.code, fill(&self.detail), parameters.collect())
    }
}

fn find(entries: &'static [Entry], collection: &str) -> Option<&'static Entry> {
    let mut entries = entries.iter();
    entries.find(|entry| collection.ends_with(&entry.collection))
}

/// Returns the error for an unknown item of a collection. `parameter` is the path parameter that
/// identifies the item.
pub(crate) fn not_found(call: &Call, collection: &str, parameter: &str, value: &str) -> ApiError {
    match find(&ERRORS.not_found, collection) {
        Some(entry) => entry.error(404, call, value),
        None => noun_not_found(call, &naming::noun(parameter, collection), value),
    }
}

/// Returns the error for an unknown item. `noun` is the resource name in error codes.
pub(super) fn noun_not_found(call: &Call, noun: &str, value: &str) -> ApiError {
    let parent = call.find_path("clusterName");
    let parent = parent.or_else(|| call.find_path("groupId"));
    ApiError::published_not_found(noun, [value, parent.unwrap_or_default()])
        .unwrap_or_else(|| ApiError::named_not_found(noun, value))
}

/// Returns the error for a duplicate name.
pub(super) fn already_exists(call: &Call, collection: &str, value: &str) -> ApiError {
    match find(&ERRORS.already_exists, collection) {
        Some(entry) => entry.error(409, call, value),
        None => ApiError::already_exists(&naming::noun("id", collection), value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generic::shape::Plan;
    use crate::schema::document::Document;

    #[test]
    fn entries_name_collections_of_the_document() {
        let document = Document::vendored().unwrap();
        let operations = document.operations().iter();
        let collections: Vec<_> = operations
            .map(|operation| Plan::of(document, operation).collection)
            .collect();
        for entry in ERRORS.not_found.iter().chain(&ERRORS.already_exists) {
            let mut paths = collections.iter();
            assert!(
                paths.any(|collection| collection.ends_with(&entry.collection)),
                "{}",
                entry.collection
            );
        }
    }
}
