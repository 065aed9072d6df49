//! Our own words for operations, schemas and fields: `openapi/descriptions.toml`.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    document::Document,
    error::{Error, Result},
    operations::Row,
};

/// Where the official reference describes an operation, less the operation's name.
const REFERENCE: &str =
    "https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-";

const FILE: &str = "descriptions.toml";

/// What is added to the words for a field that requests leave out.
const SET_BY_ATLAS: &str = "\n\nSet by Atlas; a request leaves it out.";

/// What operations, schemas and fields are, in our words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Descriptions {
    /// What an operation does, by its id.
    #[serde(default)]
    pub operations: BTreeMap<String, String>,
    /// What a schema stands for, by its name.
    #[serde(default)]
    pub schemas: BTreeMap<String, String>,
    /// What a field means, by its schema's and its own name.
    #[serde(default)]
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
}

impl Descriptions {
    /// Reads the descriptions from TOML text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not TOML or holds keys that mean nothing here.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|source| Error::Toml {
            file: FILE,
            source: Box::new(source),
        })
    }
}

/// Writes our words into the document, from where they become doc comments.
///
/// # Errors
///
/// Fails if the descriptions name what the document does not hold.
pub(crate) fn describe(
    document: &mut Document,
    descriptions: &Descriptions,
    table: &[Row],
) -> Result<()> {
    describe_operations(document, descriptions, table)?;
    describe_schemas(document, descriptions)
}

/// Every operation gets what it does, in our words or its name in words, and its facts.
fn describe_operations(
    document: &mut Document,
    descriptions: &Descriptions,
    table: &[Row],
) -> Result<()> {
    if let Some(unknown) = descriptions
        .operations
        .keys()
        .find(|id| table.iter().all(|row| row.id != **id))
    {
        return Err(unknown_name(unknown));
    }
    document.operations_mut(|_, _, operation| {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let Some(row) = table.iter().find(|row| row.id == id) else {
            return;
        };
        let summary = descriptions
            .operations
            .get(id)
            .cloned()
            .unwrap_or_else(|| in_words(id));
        operation["summary"] = json!(summary);
        operation["description"] = json!(facts(row));
    });
    Ok(())
}

/// The name of an operation as a sentence.
fn in_words(id: &str) -> String {
    let words = id.to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// What a caller must know of an operation: its version, its roles and where to read on.
fn facts(row: &Row) -> String {
    let (date, sunset) = row.versions.last().cloned().unwrap_or_default();
    let until = sunset.map(|sunset| format!(", which Atlas switches off on {sunset}"));
    let roles: Vec<_> = row.roles.iter().map(|role| format!("`{role}`")).collect();
    let needs = match roles.as_slice() {
        [] => String::new(),
        roles => format!(" Needs one of the roles {}.", roles.join(", ")),
    };
    let page = row.id.to_lowercase();
    format!(
        "API version {date}{}.{needs}\n\n[Reference]({REFERENCE}{page})",
        until.unwrap_or_default()
    )
}

/// Describes the schemas and fields for which we have words.
fn describe_schemas(document: &mut Document, descriptions: &Descriptions) -> Result<()> {
    let schemas = document.schemas_mut()?;
    for (name, text) in &descriptions.schemas {
        schemas.get_mut(name).ok_or_else(|| unknown_name(name))?["description"] = json!(text);
    }
    for (name, fields) in &descriptions.fields {
        let schema = schemas.get_mut(name).ok_or_else(|| unknown_name(name))?;
        for (field, text) in fields {
            let property = schema
                .pointer_mut(&format!("/properties/{field}"))
                .ok_or_else(|| unknown_name(&format!("{name}.{field}")))?;
            describe_field(property, text);
        }
    }
    Ok(())
}

/// Describes a field; beside a bare reference a description would be ignored, so it goes around.
fn describe_field(property: &mut Value, text: &str) {
    if property.get("$ref").is_some() {
        *property = json!({ "allOf": [property.take()] });
    }
    let note = if property["readOnly"] == true {
        SET_BY_ATLAS
    } else {
        ""
    };
    property["description"] = json!(format!("{text}{note}"));
}

fn unknown_name(name: &str) -> Error {
    Error::Unknown {
        file: FILE,
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document::from_value(json!({
            "paths": {"/things": {"get": {
                "operationId": "listThings", "tags": ["Things"], "x-rolesRequirements": ["Reader"],
                "x-atlas-versions": [{"version": "2024-01-01", "sunset": "2027-01-01"}],
                "responses": {"200": {}}}}},
            "components": {"schemas": {"Thing": {"properties": {"part": {"$ref": "#/components/schemas/Thing"}}}}},
        }))
        .unwrap()
    }

    fn described(descriptions: &str) -> Result<Document> {
        let mut document = document();
        let table = crate::operations::table(&document)?;
        describe(&mut document, &Descriptions::parse(descriptions)?, &table)?;
        Ok(document)
    }

    #[test]
    fn an_operation_without_words_of_ours_has_its_name_in_words_and_its_facts() {
        let document = described("").unwrap();

        let operation = &document.as_value()["paths"]["/things"]["get"];
        assert_eq!(operation["summary"], "List things.");
        let facts = operation["description"].as_str().unwrap();
        for fact in [
            "2024-01-01",
            "2027-01-01",
            "`Reader`",
            "operation-listthings",
        ] {
            assert!(facts.contains(fact), "{fact} is missing in {facts}");
        }
    }

    #[test]
    fn fields_behind_references_are_described() {
        let document = described("[fields.Thing]\npart = 'A part.'").unwrap();

        let part = &document.as_value()["components"]["schemas"]["Thing"]["properties"]["part"];
        assert_eq!(part["description"], "A part.");
        assert_eq!(part["allOf"][0]["$ref"], "#/components/schemas/Thing");
    }

    #[test]
    fn a_description_of_nothing_is_an_error() {
        let error = described("[operations]\ngone = 'Nothing.'").unwrap_err();

        assert!(error.to_string().contains("`gone`"), "{error}");
    }
}
