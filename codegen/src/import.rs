//! Reduces an upstream document to the vendored facts.
//!
//! Keeps the newest stable version of each operation, the dates of all its stable versions, and the
//! schemas that they reach. Drops descriptions, whose licence does not allow distribution, preview-only
//! operations, the media types of older versions, and unreachable components.

mod facts;
mod order;
mod stable;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{document::Document, error::Result};

/// Imports an upstream document.
///
/// # Errors
///
/// Fails if the document lacks a part, or a reference cannot be resolved.
pub fn import(upstream: &Document) -> Result<Document> {
    let mut document = facts::reduce(upstream)?;
    stable::keep_newest_stable(&mut document);
    drop_unreachable_components(&mut document);
    document.drop_unreachable_schemas()?;
    list_used_tags(&mut document);
    Ok(document)
}

/// Formats the document with keys in a fixed order, one value on each line and a final newline.
pub fn to_text(document: &Document) -> String {
    let mut json = format!("{:#}", order::sort_document(document.as_value()));
    json.push('\n');
    json
}

/// Drops shared parameters, responses and headers that no operation references.
fn drop_unreachable_components(document: &mut Document) {
    for kind in ["parameters", "responses", "headers"] {
        let used = list_references(kind, document);
        let components = document.0["components"]
            .get_mut(kind)
            .and_then(Value::as_object_mut);
        if let Some(components) = components {
            components.retain(|name, _| used.contains(name));
        }
    }
}

/// Returns the names of the components of a kind that operations and responses reference.
fn list_references(kind: &str, document: &Document) -> Vec<String> {
    let prefix = format!("#/components/{kind}/");
    let mut names = Vec::new();
    let mut pending = vec![&document.0["paths"], &document.0["components"]["responses"]];
    while let Some(node) = pending.pop() {
        match node {
            Value::Object(map) => pending.extend(map.values()),
            Value::Array(items) => pending.extend(items),
            Value::String(text) => names.extend(text.strip_prefix(&prefix).map(str::to_owned)),
            _ => {}
        }
    }
    names
}

/// Replaces the list of tags by the tags of the operations.
fn list_used_tags(document: &mut Document) {
    let used: BTreeSet<String> = document
        .operations()
        .filter_map(|(_, _, operation)| operation["tags"][0].as_str().map(str::to_owned))
        .collect();
    document.0["tags"] = used.iter().map(|name| json!({ "name": name })).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an upstream document with all parts that an import removes.
    fn upstream_document() -> Document {
        let media = |schema: &str| json!({"schema": {"$ref": format!("#/components/schemas/{schema}")}, "x-xgen-version": "2024-01-01", "example": {}});
        Document::from_value(json!({
            "openapi": "3.0.1",
            "info": {"title": "Atlas", "version": "2.0", "description": "A sentence.", "license": {"name": "x"}},
            "tags": [{"name": "Things", "description": "A sentence."}, {"name": "Preview things"}],
            "paths": {"/things": {
                "get": {
                    "operationId": "listThings", "tags": ["Things"], "summary": "A sentence.",
                    "x-codeSamples": [], "x-rolesRequirements": ["Reader"],
                    "parameters": [{"$ref": "#/components/parameters/page"}],
                    "responses": {"200": {"description": "OK", "content": {
                        "application/vnd.atlas.2023-01-01+json": {"schema": {"$ref": "#/components/schemas/Old"}, "x-sunset": "2027-01-01"},
                        "application/vnd.atlas.2024-01-01+json": media("Thing"),
                        "application/vnd.atlas.preview+json": media("Next"),
                    }}},
                },
                "post": {
                    "operationId": "createThing", "tags": ["Preview things"],
                    "responses": {"200": {"content": {"application/vnd.atlas.preview+json": media("Next")}}},
                },
            }},
            "components": {
                "parameters": {"page": {"in": "query", "name": "page", "description": "A sentence.", "schema": {"type": "integer", "example": 3}}, "unused": {"in": "query", "name": "u", "schema": {}}},
                "schemas": {
                    "Thing": {"type": "object", "title": "Thing", "description": "A sentence.", "properties": {
                        "description": {"type": "string", "description": "A sentence.", "default": "none"},
                        "part": {"$ref": "#/components/schemas/Part"}}},
                    "Part": {"type": "string", "enum": ["b", "a"], "x-enumDescriptions": {"a": "A sentence."}},
                    "Old": {"type": "object"}, "Next": {"type": "object"},
                },
            },
        }))
        .unwrap()
    }

    #[test]
    fn keeps_newest_stable_version_and_all_dates() {
        let imported = import(&upstream_document()).unwrap();

        let operation = &imported.as_value()["paths"]["/things"]["get"];
        let content = operation["responses"]["200"]["content"]
            .as_object()
            .unwrap();
        assert_eq!(
            content.keys().collect::<Vec<_>>(),
            ["application/vnd.atlas.2024-01-01+json"]
        );
        assert_eq!(
            operation["x-atlas-versions"],
            json!([{"version": "2023-01-01", "sunset": "2027-01-01"}, {"version": "2024-01-01"}])
        );
    }

    #[test]
    fn drops_previews_descriptions_and_unreachable_schemas() {
        let json = to_text(&import(&upstream_document()).unwrap());

        for gone in [
            "sentence",
            "preview",
            "Preview",
            "createThing",
            "unused",
            "Old",
            "x-codeSamples",
            "license",
            "example",
        ] {
            assert!(!json.contains(gone), "{gone} is still in {json}");
        }
        for kept in [
            "\"description\": {",
            "x-rolesRequirements",
            "\"default\": \"none\"",
            "\"Part\"",
        ] {
            assert!(json.contains(kept), "{kept} is missing in {json}");
        }
    }

    #[test]
    fn import_is_idempotent() {
        let once = import(&upstream_document()).unwrap();

        assert_eq!(to_text(&import(&once).unwrap()), to_text(&once));
    }
}
