//! What must have a description has one: the facade's operations, and the fields that it shows.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{Descriptions, describe};
use crate::{
    Corrections, Document, RateLimits, TypeNames, document::visit_schema, feature_of_tag, names,
    operations, passes,
};

/// Structs that are shown although the facade's sources do not name them.
const SHOWN: [&str; 3] = [
    "ApiError",
    "DiskBackupReplicaSet",
    "DiskBackupShardedClusterSnapshot",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn descriptions() -> Descriptions {
    Descriptions::parse(&read("openapi/descriptions.toml")).unwrap()
}

/// The vendored document, prepared and described.
fn described() -> Document {
    let mut document = Document::parse(&read("openapi/atlas-admin-v2.json")).unwrap();
    let corrections = Corrections::parse(&read("openapi/corrections.toml")).unwrap();
    corrections.apply(&mut document).unwrap();
    let table = operations::table(&document).unwrap();
    let type_names = TypeNames::parse(&read("openapi/names.toml")).unwrap();
    type_names.rename_schemas(&mut document).unwrap();
    passes::run(&mut document).unwrap();
    type_names.name_enums(&mut document).unwrap();
    let limits = RateLimits::parse(&read("openapi/rate-limits.toml")).unwrap();
    describe(&mut document, &descriptions(), &limits, &table).unwrap();
    document
}

/// The features that the feature of this name switches on, itself among them.
fn features(name: &str) -> BTreeSet<String> {
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    let mut features = BTreeSet::new();
    let mut pending = vec![name.to_owned()];
    while let Some(name) = pending.pop() {
        let parts = manifest["features"][&name].as_array().unwrap();
        pending.extend(
            parts
                .iter()
                .filter_map(|part| part.as_str().map(str::to_owned)),
        );
        features.insert(name);
    }
    features
}

#[test]
fn every_operation_of_the_facade_is_described_in_words_of_ours() {
    let document = Document::parse(&read("openapi/atlas-admin-v2.json")).unwrap();
    let descriptions = descriptions();
    let features = features("facade");

    let mut bare = Vec::new();
    for (_, _, operation) in document.operations() {
        let tag = operation["tags"][0].as_str().unwrap();
        let id = operation["operationId"].as_str().unwrap();
        if features.contains(&feature_of_tag(tag)) && !descriptions.operations.contains_key(id) {
            bare.push(id);
        }
    }

    assert!(bare.is_empty(), "[operations] lacks {bare:#?}");
}

#[test]
fn every_field_that_the_facade_shows_is_described_in_words_of_ours() {
    let mut document = described();
    let roots: Vec<Value> = shown(&document)
        .iter()
        .map(|name| crate::document::schema_reference(name))
        .collect();
    let reached = document.reachable_from(&roots).unwrap();

    let mut bare = Vec::new();
    for (name, schema) in document.schemas_mut().unwrap() {
        if reached.contains(name) {
            visit_schema(schema, &mut vec![name.clone()], &mut |node, path| {
                let properties = node.get("properties").and_then(Value::as_object);
                for (field, property) in properties.into_iter().flatten() {
                    if is_bare(property) {
                        bare.push(format!("{}.{field}", path.join(".")));
                    }
                }
            });
        }
    }

    assert!(bare.is_empty(), "[fields] lacks {bare:#?}");
}

/// Whether a field has no description, or only what the passes say of every field of its sort.
fn is_bare(property: &Value) -> bool {
    let said = property.get("description").and_then(Value::as_str);
    said.is_none_or(|text| text == passes::SET_BY_ATLAS)
}

/// The schemas that the facade shows: those listed, and those that its sources hand out.
fn shown(document: &Document) -> BTreeSet<String> {
    let mut shown: BTreeSet<String> = SHOWN.iter().map(|name| (*name).to_owned()).collect();
    let mut types = BTreeSet::new();
    collect_types(&root().join("src/pythonic"), &mut types);
    assert!(types.contains("Group"), "the facade's sources have moved");
    let schemas = document.schemas().unwrap().keys();
    shown.extend(
        schemas
            .filter(|name| types.contains(&names::type_name(name)))
            .cloned(),
    );
    shown
}

/// The names after `types::` where a type is handed out: behind a reference, as a record's, or as
/// what a view is defined over.
fn collect_types(directory: &Path, types: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_types(&path, types);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for (at, marker) in source.match_indices("types::") {
            let rest = &source[at + marker.len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
            if source[..at].ends_with(['&', '<', '(']) {
                types.insert(rest[..end.unwrap_or(rest.len())].to_owned());
            }
        }
    }
}
