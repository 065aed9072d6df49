//! What real Atlas does otherwise than its document says: `openapi/corrections.toml`.
//!
//! Every entry carries its evidence. An entry that does not change the document is an error, so
//! that the list shrinks when the document is mended.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    document::{Document, Schemas, is_success, visit_schema},
    error::{Error, Result},
};

const FILE: &str = "corrections.toml";

/// The corrections, by kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Corrections {
    /// Answers that are no JSON although their media type says so.
    #[serde(default)]
    pub bytes_answer: Vec<BytesAnswer>,
    /// Successful answers whose status differs.
    #[serde(default)]
    pub status: Vec<Status>,
    /// Operations that ask for roles the document does not name.
    #[serde(default)]
    pub roles: Vec<Roles>,
    /// Fields that only Atlas sets although the document does not say so.
    #[serde(default)]
    pub server_owned: Vec<ServerOwned>,
}

/// An answer that is no JSON although its media type says so.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BytesAnswer {
    /// The operation's id.
    pub operation: String,
    /// How we know.
    pub evidence: String,
}

/// A success that Atlas reports with another status.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Status {
    /// The operation's id.
    pub operation: String,
    /// The status of a success in the document.
    pub documented: u16,
    /// The status that Atlas sends.
    pub actual: u16,
    /// How we know.
    pub evidence: String,
}

/// The roles of an operation for which the document names none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Roles {
    /// The operation's id.
    pub operation: String,
    /// The roles, any of which suffices, in the document's words.
    pub actual: Vec<String>,
    /// How we know.
    pub evidence: String,
}

/// Fields of a schema that only Atlas sets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ServerOwned {
    /// The schema's name.
    pub schema: String,
    /// The fields' names.
    pub fields: Vec<String>,
    /// How we know.
    pub evidence: String,
}

impl Corrections {
    /// Reads the corrections from TOML text.
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

    /// Corrects the document; gives the number of changes.
    ///
    /// # Errors
    ///
    /// Fails if an entry names what the document does not hold, or changes nothing.
    pub fn apply(&self, document: &mut Document) -> Result<usize> {
        for correction in &self.status {
            let changed = change(document, &correction.operation, |operation| {
                move_status(operation, correction.documented, correction.actual)
            });
            require(changed, &correction.operation)?;
        }
        for correction in &self.bytes_answer {
            let changed = change(document, &correction.operation, answer_with_bytes);
            require(changed, &correction.operation)?;
        }
        for correction in &self.roles {
            let changed = change(document, &correction.operation, |operation| {
                ask_for(operation, &correction.actual)
            });
            require(changed, &correction.operation)?;
        }
        for correction in &self.server_owned {
            for field in &correction.fields {
                let changed = own(document.schemas_mut()?, &correction.schema, field);
                require(changed, &format!("{}.{field}", correction.schema))?;
            }
        }
        let of_operations = self.status.len() + self.bytes_answer.len() + self.roles.len();
        Ok(of_operations + self.server_owned.len())
    }
}

/// Changes one operation; tells whether there was anything to change.
fn change(document: &mut Document, id: &str, mut correct: impl FnMut(&mut Value) -> bool) -> bool {
    let mut changed = false;
    document.operations_mut(|_, _, operation| {
        if operation["operationId"] == id {
            changed |= correct(operation);
        }
    });
    changed
}

fn require(changed: bool, name: &str) -> Result<()> {
    if changed {
        Ok(())
    } else {
        Err(Error::Unknown {
            file: FILE,
            name: name.to_owned(),
        })
    }
}

/// Lists the answer under the status that is really sent.
fn move_status(operation: &mut Value, documented: u16, actual: u16) -> bool {
    let Some(responses) = operation["responses"].as_object_mut() else {
        return false;
    };
    match responses.remove(&documented.to_string()) {
        Some(response) => {
            responses.insert(actual.to_string(), response);
            true
        }
        None => false,
    }
}

/// Names roles where the document names none.
fn ask_for(operation: &mut Value, roles: &[String]) -> bool {
    const KEYWORD: &str = "x-rolesRequirements";
    let named = operation.get(KEYWORD).and_then(Value::as_array);
    if named.is_some_and(|it| !it.is_empty()) {
        return false;
    }
    operation[KEYWORD] = json!(roles);
    true
}

/// Declares the successful answers as bytes under their media type's name.
fn answer_with_bytes(operation: &mut Value) -> bool {
    let mut changed = false;
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        let content = response.get_mut("content").and_then(Value::as_object_mut);
        for (_, media) in content.into_iter().flatten() {
            if is_success(status) {
                *media = json!({ "schema": { "type": "string", "format": "binary" } });
                changed = true;
            }
        }
    }
    changed
}

/// Declares a field, wherever it stands in the schema, as the server's.
fn own(schemas: &mut Schemas, name: &str, field: &str) -> bool {
    let mut changed = false;
    if let Some(schema) = schemas.get_mut(name) {
        visit_schema(schema, &mut Vec::new(), &mut |node, _| {
            let property = node.pointer_mut(&format!("/properties/{field}"));
            let property = property.filter(|it| it.get("readOnly").is_none());
            if let Some(property) = property.and_then(Value::as_object_mut) {
                property.insert("readOnly".to_owned(), json!(true));
                changed = true;
            }
        });
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document::from_value(json!({
            "paths": {"/things": {"post": {"operationId": "createThing", "responses": {
                "200": {"content": {"application/vnd.atlas.2024-01-01+json": {"schema": {"type": "object"}}}}}}}},
            "components": {"schemas": {"Thing": {"allOf": [{"properties": {
                "size": {"$ref": "#/components/schemas/Size"},
                "id": {"type": "string", "readOnly": true}}}]}}},
        }))
        .unwrap()
    }

    #[test]
    fn moves_an_answer_to_the_status_that_is_sent() {
        let corrections = Corrections::parse(
            "[[status]]\noperation = 'createThing'\ndocumented = 200\nactual = 201\nevidence = 'seen'",
        )
        .unwrap();
        let mut document = document();

        corrections.apply(&mut document).unwrap();

        let responses = &document.as_value()["paths"]["/things"]["post"]["responses"];
        assert!(responses.get("201").is_some() && responses.get("200").is_none());
    }

    #[test]
    fn roles_are_named_where_the_document_names_none() {
        let corrections = Corrections::parse(
            "[[roles]]\noperation = 'createThing'\nactual = ['Creator']\nevidence = 'seen'",
        )
        .unwrap();
        let mut document = document();

        corrections.apply(&mut document).unwrap();

        let operation = &document.as_value()["paths"]["/things"]["post"];
        assert_eq!(operation["x-rolesRequirements"], json!(["Creator"]));
        assert!(corrections.apply(&mut document).is_err());
    }

    #[test]
    fn a_field_becomes_the_servers_unless_it_was() {
        let corrections = |field: &str| {
            Corrections::parse(&format!(
                "[[server_owned]]\nschema = 'Thing'\nfields = ['{field}']\nevidence = 'seen'"
            ))
            .unwrap()
        };
        let mut document = document();

        corrections("size").apply(&mut document).unwrap();

        let thing = &document.schemas().unwrap()["Thing"];
        assert_eq!(thing["allOf"][0]["properties"]["size"]["readOnly"], true);
        let error = corrections("id").apply(&mut document).unwrap_err();
        assert!(error.to_string().contains("`Thing.id`"), "{error}");
    }

    #[test]
    fn a_correction_of_nothing_is_an_error() {
        let corrections =
            Corrections::parse("[[bytes_answer]]\noperation = 'gone'\nevidence = 'seen'").unwrap();

        let error = corrections.apply(&mut document()).unwrap_err();

        assert!(error.to_string().contains("`gone`"), "{error}");
    }
}
