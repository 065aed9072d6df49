//! Gives each enum of strings a name.
//!
//! The generator replaces enums by open enums, and typify replaces types by name. Enums with the same
//! values in fields of the same name share a type. Top-level enums keep their name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    document::{Document, rename_references, schema_reference},
    error::{Error, Result},
    names,
};

/// Names of types, by values and field name.
type TypeNames = BTreeMap<(Vec<String>, String), String>;

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    rename_top_level(document)?;
    let mut used_names: BTreeSet<String> = document
        .schemas()?
        .keys()
        .map(|name| names::type_name(name))
        .collect();
    let top_level: BTreeSet<String> = top_level_enums(document)?.into_iter().collect();
    let mut type_names = TypeNames::new();
    let mut changes = 0;
    document.visit_schemas(&mut |schema, path| {
        let is_top_level = path.len() == 1 && top_level.contains(&path[0]);
        let Some(values) = values(schema).filter(|_| !is_top_level) else {
            return;
        };
        let field = path
            .iter()
            .rev()
            .find(|part| *part != "item")
            .cloned()
            .unwrap_or_default();
        let name = type_names
            .entry((values, field))
            .or_insert_with(|| unused_name(path, &mut used_names));
        // The reference loses `nullable`, but optional fields accept null anyway.
        *schema = schema_reference(name);
        changes += 1;
    });
    let schemas = document.schemas_mut()?;
    for ((values, _), name) in type_names {
        schemas.insert(name, json!({ "type": "string", "enum": values }));
    }
    Ok(changes)
}

/// Returns the distinct values of a string enum.
pub(crate) fn values(schema: &Value) -> Option<Vec<String>> {
    let listed = schema
        .get("enum")
        .filter(|_| schema["type"] == "string")?
        .as_array()?;
    let mut values: Vec<String> = Vec::new();
    for value in listed.iter().filter_map(Value::as_str) {
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    Some(values)
}

/// Returns the names of the top-level schemas that are enums.
fn top_level_enums(document: &Document) -> Result<Vec<String>> {
    let schemas = document.schemas()?.iter();
    Ok(schemas
        .filter(|(_, s)| values(s).is_some())
        .map(|(name, _)| name.clone())
        .collect())
}

/// Spells the names of top-level enums as typify does, so that its replacements find them.
fn rename_top_level(document: &mut Document) -> Result<()> {
    let mut new_names = BTreeMap::new();
    for name in top_level_enums(document)? {
        let renamed = names::type_name(&name);
        if renamed == name {
            continue;
        }
        let schemas = document.schemas_mut()?;
        if schemas.contains_key(&renamed) {
            return Err(Error::NameClash {
                name: renamed.clone(),
                first: renamed,
                second: name,
            });
        }
        if let Some(schema) = schemas.remove(&name) {
            schemas.insert(renamed.clone(), schema);
        }
        new_names.insert(name, renamed);
    }
    rename_references(document, &new_names);
    Ok(())
}

/// Returns an unused name for an enum, derived from the path of its first field.
fn unused_name(path: &[String], taken: &mut BTreeSet<String>) -> String {
    let parts: Vec<&str> = path
        .iter()
        .map(String::as_str)
        .filter(|part| *part != "item")
        .collect();
    let base = names::type_name(&parts.join("-"));
    let mut name = base.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    #[test]
    fn equal_enums_of_equal_fields_share_a_type() {
        let unit = json!({"type": "string", "enum": ["DAYS", "HOURS"]});
        let mut document = with_schemas(json!({
            "Response": {"properties": {"unit": unit, "other": unit}},
            "Request": {"properties": {"unit": unit}}}));

        assert_eq!(apply(&mut document).unwrap(), 3);

        let schemas = document.schemas().unwrap();
        assert_eq!(
            schemas["Request"]["properties"]["unit"],
            schema_reference("RequestUnit")
        );
        assert_eq!(
            schemas["Response"]["properties"]["unit"],
            schema_reference("RequestUnit")
        );
        assert_eq!(
            schemas["Response"]["properties"]["other"],
            schema_reference("ResponseOther")
        );
        assert_eq!(schemas["RequestUnit"]["enum"], json!(["DAYS", "HOURS"]));
    }

    #[test]
    fn top_level_enum_is_spelled_as_type() {
        let mut document = with_schemas(json!({
            "Response": {"properties": {"role": {"$ref": "#/components/schemas/AWSRole"}}},
            "AWSRole": {"type": "string", "enum": ["A"]}, "Request": {}}));

        apply(&mut document).unwrap();

        let schemas = document.schemas().unwrap();
        assert_eq!(
            schemas["Response"]["properties"]["role"],
            schema_reference("AwsRole")
        );
        assert!(schemas.contains_key("AwsRole") && !schemas.contains_key("AWSRole"));
    }
}
