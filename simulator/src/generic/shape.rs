//! Classifies operations by path, method and response.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::{Document, Operation};

/// The kind of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Lists a collection, filtered by the path parameters after it.
    List,
    /// Adds to a collection.
    Create,
    /// Reads, changes or removes an item of a collection.
    Item,
    /// Reads, changes or resets a single resource.
    Single,
    /// Runs an action without stored data.
    Action,
}

/// The shape of an operation and the collection that it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) shape: Shape,
    /// The path template below the root of the API, without the parameters that identify an item.
    pub(crate) collection: String,
    /// Number of parameters at the end of the path that identify the item.
    pub(crate) keys: usize,
}

static COLLECTIONS: LazyLock<Collections> = LazyLock::new(|| parse(behaviour!("collections.toml")));

#[derive(Default, Deserialize)]
struct Collections {
    alias: Vec<Alias>,
    empty: Vec<Entry>,
    absent: Vec<Entry>,
}

/// An alternative path of a collection.
#[derive(Deserialize)]
struct Alias {
    path: String,
    collection: String,
}

#[derive(Deserialize)]
struct Entry {
    collection: String,
}

/// Returns `true` if a collection without a create operation starts empty.
pub(crate) fn is_empty(collection: &str) -> bool {
    let mut empty = COLLECTIONS.empty.iter();
    empty.any(|entry| entry.collection == collection)
}

/// Returns `true` if a single resource does not exist until a request creates it.
pub(crate) fn is_absent(collection: &str) -> bool {
    let mut absent = COLLECTIONS.absent.iter();
    absent.any(|entry| collection.ends_with(&entry.collection))
}

impl Plan {
    /// Classifies an operation.
    pub(crate) fn of(document: &Document, operation: &Operation) -> Self {
        let path = strip_root(&operation.path);
        let keys = trailing_parameters(path);
        let collection = resolve_alias(&remove_last_segments(path, keys));
        let is_action = path
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains(':'));
        let is_list = operation
            .success
            .schema
            .as_ref()
            .is_some_and(|schema| document.schemas().items(schema).is_some());
        let shape = match operation.method {
            _ if is_action => Shape::Action,
            "GET" if is_list => Shape::List,
            _ if keys > 0 => Shape::Item,
            "POST" if is_collection(document, &operation.path) => Shape::Create,
            "POST" if document.at("GET", &operation.path).is_none() => Shape::Action,
            _ => Shape::Single,
        };
        Self {
            shape,
            collection,
            keys,
        }
    }
}

/// Returns `true` if an operation creates items of a collection.
pub(crate) fn is_created_by_clients(document: &Document, collection: &str) -> bool {
    document.operations().iter().any(|operation| {
        let path = strip_root(&operation.path);
        let keys = trailing_parameters(path);
        operation.method == "POST"
            && !path.contains(':')
            && resolve_alias(&remove_last_segments(path, keys)) == collection
    })
}

/// Returns a path without the root of the API.
pub(crate) fn strip_root(path: &str) -> &str {
    path.strip_prefix("/api/atlas/v2").unwrap_or(path)
}

/// Returns the path under which a collection is stored.
pub(crate) fn resolve_alias(path: &str) -> String {
    for alias in &COLLECTIONS.alias {
        if let Some(start) = path.strip_suffix(&alias.path) {
            return format!("{start}{}", alias.collection);
        }
    }
    path.to_owned()
}

fn is_collection(document: &Document, path: &str) -> bool {
    let prefix = format!("{path}/{{");
    let is_alias = COLLECTIONS
        .alias
        .iter()
        .any(|alias| path.ends_with(&alias.path));
    is_alias
        || path.ends_with("/processor")
        || document.operations().iter().any(|operation| {
            let suffix = operation.path.strip_prefix(&prefix);
            suffix.is_some_and(|suffix| suffix.ends_with('}') && !suffix.contains('/'))
        })
        || document
            .at("GET", path)
            .and_then(|operation| operation.success.schema.as_ref())
            .is_some_and(|schema| document.schemas().items(schema).is_some())
}

fn trailing_parameters(path: &str) -> usize {
    let segments = path.rsplit('/');
    segments
        .take_while(|segment| segment.starts_with('{') && segment.ends_with('}'))
        .count()
}

fn remove_last_segments(path: &str, count: usize) -> String {
    let segments: Vec<_> = path.split('/').collect();
    let length = segments.len().saturating_sub(count);
    segments.get(..length).unwrap_or_default().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_name_collections_of_the_document() {
        let document = Document::vendored().unwrap();
        let operations = document.operations().iter();
        let collections: Vec<_> = operations
            .map(|operation| Plan::of(document, operation).collection)
            .collect();
        let is_known = |end: &str| collections.iter().any(|known| known.ends_with(end));
        for alias in &COLLECTIONS.alias {
            let mut operations = document.operations().iter();
            let is_reached = operations.any(|operation| {
                let path = strip_root(&operation.path);
                remove_last_segments(path, trailing_parameters(path)).ends_with(&alias.path)
            });
            assert!(is_reached && is_known(&alias.collection), "{}", alias.path);
        }
        for entry in COLLECTIONS.empty.iter().chain(&COLLECTIONS.absent) {
            assert!(is_known(&entry.collection), "{}", entry.collection);
        }
    }
}
