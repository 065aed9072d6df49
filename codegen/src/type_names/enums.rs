//! Names the enums of a document after the passes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::unknown_name_error;
use crate::{
    document::{Document, rename_references, schema_name},
    error::{Error, Result},
    passes::enum_values,
};

/// Fields of each enum, by the name that the passes assigned.
type Fields = BTreeMap<String, BTreeSet<String>>;

/// Renames the listed enums. The enums of one entry become one enum with all values.
pub(super) fn name(document: &mut Document, listed: &BTreeMap<String, Vec<String>>) -> Result<()> {
    let fields = collect_fields(document)?;
    let mut new_names = BTreeMap::new();
    for (name, entry) in listed {
        let enums = list_enums(entry, &fields)?;
        for old in &enums {
            if let Some(other) = new_names.insert(old.clone(), name.clone()) {
                return Err(clash_error(old, other, name.clone()));
            }
        }
        unite(document, name, &enums)?;
    }
    require_names(&fields, &new_names)?;
    rename_references(document, &new_names);
    Ok(())
}

/// Returns the fields of each enum.
fn collect_fields(document: &mut Document) -> Result<Fields> {
    let schemas = document.schemas()?.iter();
    let enums = schemas.filter(|(_, schema)| enum_values(schema).is_some());
    let mut fields: Fields = enums
        .map(|(name, _)| (name.clone(), BTreeSet::new()))
        .collect();
    document.visit_schemas(&mut |schema, path| {
        if let Some(fields) = schema_name(schema).and_then(|name| fields.get_mut(name)) {
            let names = path.iter().map(String::as_str);
            let names: Vec<&str> = names.filter(|name| *name != "item").collect();
            fields.insert(names.join("."));
        }
    });
    Ok(fields)
}

/// Returns the enums of the fields in an entry, in the order of the entry.
fn list_enums(entry: &[String], fields: &Fields) -> Result<Vec<String>> {
    let mut enums = Vec::new();
    for field in entry {
        let enum_of_field = fields.iter().find(|(_, fields)| fields.contains(field));
        let (name, _) = enum_of_field.ok_or_else(|| unknown_name_error(field))?;
        if !enums.contains(name) {
            enums.push(name.clone());
        }
    }
    Ok(enums)
}

/// Replaces the enums by one with all values.
fn unite(document: &mut Document, name: &str, enums: &[String]) -> Result<()> {
    let schemas = document.schemas_mut()?;
    let mut values = Vec::new();
    for old in enums {
        let schema = schemas.remove(old).unwrap_or_default();
        for value in enum_values(&schema).unwrap_or_default() {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let united = json!({ "type": "string", "enum": values });
    match schemas.insert(name.to_owned(), united) {
        None => Ok(()),
        Some(_) => Err(clash_error(
            name,
            format!("schema {name}"),
            format!("enum {name}"),
        )),
    }
}

/// Returns an error if a shared enum has no name, since its name would depend on the order of fields.
fn require_names(fields: &Fields, named: &BTreeMap<String, String>) -> Result<()> {
    let shared = fields.iter().filter(|(_, fields)| fields.len() > 1);
    for (name, fields) in shared {
        if !named.contains_key(name) {
            let fields: Vec<_> = fields.iter().map(|field| format!("`{field}`")).collect();
            return Err(Error::UnnamedEnum(fields.join(", ")));
        }
    }
    Ok(())
}

fn clash_error(name: &str, first: String, second: String) -> Error {
    Error::NameClash {
        name: name.to_owned(),
        first,
        second,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{super::TypeNames, *};
    use crate::{document::schema_reference, passes::tests::with_schemas};

    /// Returns a document in which two schemas share the enum `ResponseState`.
    fn sample_document() -> Document {
        let field = |name: &str| json!({"properties": {"state": schema_reference(name)}});
        with_schemas(json!({
            "Response": field("ResponseState"), "Request": field("ResponseState"), "Part": field("PartState"),
            "ResponseState": {"type": "string", "enum": ["A", "B"]},
            "PartState": {"type": "string", "enum": ["C", "B"]}}))
    }

    fn name_sample_enums(names: &str) -> Result<Document> {
        let mut document = sample_document();
        TypeNames::parse(names)?.name_enums(&mut document)?;
        Ok(document)
    }

    fn naming_error(names: &str) -> String {
        name_sample_enums(names).unwrap_err().to_string()
    }

    #[test]
    fn names_a_shared_enum_and_keeps_the_name_of_another() {
        let document = name_sample_enums("[enums]\nState = ['Request.state']").unwrap();

        let schemas = document.schemas().unwrap();
        let response = &schemas["Response"]["properties"]["state"];
        assert_eq!(*response, schema_reference("State"));
        assert_eq!(schemas["State"]["enum"], json!(["A", "B"]));
        assert!(schemas.contains_key("PartState") && !schemas.contains_key("ResponseState"));
    }

    #[test]
    fn unites_the_values_of_one_entry() {
        let document =
            name_sample_enums("[enums]\nState = ['Request.state', 'Part.state']").unwrap();

        let schemas = document.schemas().unwrap();
        let values: &Value = &schemas["State"]["enum"];
        assert_eq!(*values, json!(["A", "B", "C"]));
        let part = &schemas["Part"]["properties"]["state"];
        assert_eq!(*part, schema_reference("State"));
    }

    #[test]
    fn rejects_a_shared_enum_without_a_name() {
        let error = naming_error("");

        assert!(
            error.contains("`Request.state`, `Response.state`"),
            "{error}"
        );
    }

    #[test]
    fn rejects_an_entry_that_names_no_enum() {
        let error = naming_error("[enums]\nState = ['Response.state', 'Response.size']");

        assert!(error.contains("`Response.size`"), "{error}");
    }

    #[test]
    fn rejects_two_names_for_one_enum() {
        let error = naming_error("[enums]\nOne = ['Response.state']\nTwo = ['Request.state']");

        assert!(error.contains("`One` and `Two`"), "{error}");
    }

    #[test]
    fn rejects_the_name_of_a_schema() {
        let error = naming_error("[enums]\nPart = ['Response.state']");

        assert!(error.contains("schema Part"), "{error}");
    }

    #[test]
    fn rejects_a_name_that_the_generator_would_spell_differently() {
        let error = naming_error("[enums]\nAWSState = ['Response.state']");

        assert!(error.contains("`AWSState`"), "{error}");
    }
}
