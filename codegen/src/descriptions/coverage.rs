//! Checks that the facade's operations and public fields have descriptions.

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

/// Public structs that the facade's sources do not name.
const UNNAMED_STRUCTS: [&str; 3] = [
    "ApiError",
    "DiskBackupReplicaSet",
    "DiskBackupShardedClusterSnapshot",
];

fn project_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read_file(name: &str) -> String {
    fs::read_to_string(project_root().join(name)).unwrap()
}

fn read_descriptions() -> Descriptions {
    Descriptions::parse(&read_file("openapi/descriptions.toml")).unwrap()
}

/// Returns the vendored document after the passes, with descriptions.
fn described_document() -> Document {
    let mut document = Document::parse(&read_file("openapi/atlas-admin-v2.json")).unwrap();
    let corrections = Corrections::parse(&read_file("openapi/corrections.toml")).unwrap();
    corrections.apply(&mut document).unwrap();
    let table = operations::table(&document).unwrap();
    let type_names = TypeNames::parse(&read_file("openapi/names.toml")).unwrap();
    type_names.rename_schemas(&mut document).unwrap();
    passes::run(&mut document).unwrap();
    type_names.name_enums(&mut document).unwrap();
    let limits = RateLimits::parse(&read_file("openapi/rate-limits.toml")).unwrap();
    describe(&mut document, &read_descriptions(), &limits, &table).unwrap();
    document
}

/// Returns the features that a feature enables, including itself.
fn enabled_features(name: &str) -> BTreeSet<String> {
    let manifest: toml::Table = toml::from_str(&read_file("Cargo.toml")).unwrap();
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
fn every_operation_of_the_facade_has_a_description() {
    let document = Document::parse(&read_file("openapi/atlas-admin-v2.json")).unwrap();
    let descriptions = read_descriptions();
    let features = enabled_features("facade");

    let mut missing = Vec::new();
    for (_, _, operation) in document.operations() {
        let tag = operation["tags"][0].as_str().unwrap();
        let id = operation["operationId"].as_str().unwrap();
        if features.contains(&feature_of_tag(tag)) && !descriptions.operations.contains_key(id) {
            missing.push(id);
        }
    }

    assert!(missing.is_empty(), "[operations] lacks {missing:#?}");
}

#[test]
fn every_public_field_of_the_facade_has_a_description() {
    let mut document = described_document();
    let roots: Vec<Value> = public_schemas(&document)
        .iter()
        .map(|name| crate::document::schema_reference(name))
        .collect();
    let reached = document.reachable_from(&roots).unwrap();

    let mut missing = Vec::new();
    for (name, schema) in document.schemas_mut().unwrap() {
        if reached.contains(name) {
            visit_schema(schema, &mut vec![name.clone()], &mut |node, path| {
                let properties = node.get("properties").and_then(Value::as_object);
                for (field, property) in properties.into_iter().flatten() {
                    if is_undescribed(property) {
                        missing.push(format!("{}.{field}", path.join(".")));
                    }
                }
            });
        }
    }

    assert!(missing.is_empty(), "[fields] lacks {missing:#?}");
}

/// Returns `true` if a field has no description, or only the one that a pass adds.
fn is_undescribed(property: &Value) -> bool {
    let description = property.get("description").and_then(Value::as_str);
    description.is_none_or(|text| text == passes::SET_BY_ATLAS)
}

/// Returns the schemas in the facade's public API: those of [`UNNAMED_STRUCTS`] and those that its sources name.
fn public_schemas(document: &Document) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = UNNAMED_STRUCTS
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    let mut types = BTreeSet::new();
    collect_types(&project_root().join("src/pythonic"), &mut types);
    assert!(types.contains("Group"), "the facade's sources have moved");
    let schemas = document.schemas().unwrap().keys();
    names.extend(
        schemas
            .filter(|name| types.contains(&names::type_name(name)))
            .cloned(),
    );
    names
}

/// Collects the names after `types::` that follow `&`, `<` or `(`, where the facade returns a type.
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
