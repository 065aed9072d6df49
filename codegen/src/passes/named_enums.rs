//! Gives every set of string values a name of its own.
//!
//! The SDK replaces these by open enums, and replacement goes by name. Sets that share their values
//! and their field's name share the type; top-level ones keep their name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    document::{Document, rename_references, schema_reference},
    error::{Error, Result},
    names,
};

/// A set of values with the field that holds it, and the name of its type.
type Known = BTreeMap<(Vec<String>, String), String>;

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    rename_top_level(document)?;
    let mut taken: BTreeSet<String> = document
        .schemas()?
        .keys()
        .map(|name| names::type_name(name))
        .collect();
    let top_level: BTreeSet<String> = top_level_enums(document)?.into_iter().collect();
    let mut known = Known::new();
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
        let name = known
            .entry((values, field))
            .or_insert_with(|| free_name(path, &mut taken));
        // An optional field takes null whether or not its type says so: the reference suffices.
        *schema = schema_reference(name);
        changes += 1;
    });
    let schemas = document.schemas_mut()?;
    for ((values, _), name) in known {
        schemas.insert(name, json!({ "type": "string", "enum": values }));
    }
    Ok(changes)
}

/// The values of a string enum, without repetitions.
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

/// The names of schemas that are enums themselves.
fn top_level_enums(document: &Document) -> Result<Vec<String>> {
    let schemas = document.schemas()?.iter();
    Ok(schemas
        .filter(|(_, s)| values(s).is_some())
        .map(|(name, _)| name.clone())
        .collect())
}

/// Spells the names of top-level enums as typify will, so that its replacements find them.
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

/// A name for the type of a set of values, after the place where it was found first.
fn free_name(path: &[String], taken: &mut BTreeSet<String>) -> String {
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
    fn equal_sets_of_equal_fields_share_a_type() {
        let unit = json!({"type": "string", "enum": ["DAYS", "HOURS"]});
        let mut document = with_schemas(json!({
            "Answer": {"properties": {"unit": unit, "other": unit}},
            "Request": {"properties": {"unit": unit}}}));

        assert_eq!(apply(&mut document).unwrap(), 3);

        let schemas = document.schemas().unwrap();
        assert_eq!(
            schemas["Request"]["properties"]["unit"],
            schema_reference("AnswerUnit")
        );
        assert_eq!(
            schemas["Answer"]["properties"]["unit"],
            schema_reference("AnswerUnit")
        );
        assert_eq!(
            schemas["Answer"]["properties"]["other"],
            schema_reference("AnswerOther")
        );
        assert_eq!(schemas["AnswerUnit"]["enum"], json!(["DAYS", "HOURS"]));
    }

    #[test]
    fn a_top_level_enum_keeps_its_name_in_the_spelling_of_its_type() {
        let mut document = with_schemas(json!({
            "Answer": {"properties": {"role": {"$ref": "#/components/schemas/AWSRole"}}},
            "AWSRole": {"type": "string", "enum": ["A"]}, "Request": {}}));

        apply(&mut document).unwrap();

        let schemas = document.schemas().unwrap();
        assert_eq!(
            schemas["Answer"]["properties"]["role"],
            schema_reference("AwsRole")
        );
        assert!(schemas.contains_key("AwsRole") && !schemas.contains_key("AWSRole"));
    }
}
