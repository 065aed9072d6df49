//! Corrections of the document where Atlas behaves differently: `openapi/corrections.toml`.
//!
//! Each entry has its evidence. An entry that does not change the document is an error, so that entries
//! are removed once the document is correct.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    document::{Document, Schemas, is_success, visit_schema},
    error::{Error, Result},
};

const FILE_NAME: &str = "corrections.toml";

/// The corrections, by kind.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Corrections {
    /// Responses with a JSON media type whose body is not JSON.
    #[serde(default)]
    pub bytes_response: Vec<BytesResponse>,
    /// Successful responses with another status.
    #[serde(default)]
    pub status: Vec<Status>,
    /// Required roles that the document does not list.
    #[serde(default)]
    pub roles: Vec<Roles>,
    /// Fields that only Atlas sets and that the document does not mark as read-only.
    #[serde(default)]
    pub server_owned: Vec<ServerOwned>,
}

/// A response with a JSON media type whose body is not JSON.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BytesResponse {
    /// Id of the operation.
    pub operation: String,
    /// Evidence for the correction.
    pub evidence: String,
}

/// The status of a successful response.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Status {
    /// Id of the operation.
    pub operation: String,
    /// Status in the document.
    pub documented: u16,
    /// Status that Atlas sends.
    pub actual: u16,
    /// Evidence for the correction.
    pub evidence: String,
}

/// The roles of an operation for which the document lists none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Roles {
    /// Id of the operation.
    pub operation: String,
    /// Roles as the document spells them, any of which suffices.
    pub actual: Vec<String>,
    /// Evidence for the correction.
    pub evidence: String,
}

/// Fields of a schema that only Atlas sets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ServerOwned {
    /// Name of the schema.
    pub schema: String,
    /// Names of the fields.
    pub fields: Vec<String>,
    /// Evidence for the correction.
    pub evidence: String,
}

impl Corrections {
    /// Parses the corrections from TOML text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not TOML or has unknown keys.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|source| Error::Toml {
            file: FILE_NAME,
            source: Box::new(source),
        })
    }

    /// Corrects the document and returns the number of corrections.
    ///
    /// # Errors
    ///
    /// Fails if an entry names something that the document does not contain, or changes nothing.
    pub fn apply(&self, document: &mut Document) -> Result<usize> {
        for correction in &self.status {
            let changed = change_operation(document, &correction.operation, |operation| {
                move_status(operation, correction.documented, correction.actual)
            });
            require_change(changed, &correction.operation)?;
        }
        for correction in &self.bytes_response {
            let changed = change_operation(document, &correction.operation, declare_bytes);
            require_change(changed, &correction.operation)?;
        }
        for correction in &self.roles {
            let changed = change_operation(document, &correction.operation, |operation| {
                add_roles(operation, &correction.actual)
            });
            require_change(changed, &correction.operation)?;
        }
        for correction in &self.server_owned {
            for field in &correction.fields {
                let changed = mark_read_only(document.schemas_mut()?, &correction.schema, field);
                require_change(changed, &format!("{}.{field}", correction.schema))?;
            }
        }
        let operation_count = self.status.len() + self.bytes_response.len() + self.roles.len();
        Ok(operation_count + self.server_owned.len())
    }
}

/// Changes one operation. Returns `true` if `correct` does.
fn change_operation(
    document: &mut Document,
    id: &str,
    mut correct: impl FnMut(&mut Value) -> bool,
) -> bool {
    let mut changed = false;
    document.operations_mut(|_, _, operation| {
        if operation["operationId"] == id {
            changed |= correct(operation);
        }
    });
    changed
}

fn require_change(changed: bool, name: &str) -> Result<()> {
    if changed {
        Ok(())
    } else {
        Err(Error::Unknown {
            file: FILE_NAME,
            name: name.to_owned(),
        })
    }
}

/// Moves the response to the actual status.
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

/// Adds the roles if the document lists none.
fn add_roles(operation: &mut Value, roles: &[String]) -> bool {
    const KEYWORD: &str = "x-rolesRequirements";
    let documented = operation.get(KEYWORD).and_then(Value::as_array);
    if documented.is_some_and(|documented| !documented.is_empty()) {
        return false;
    }
    operation[KEYWORD] = json!(roles);
    true
}

/// Declares the bodies of successful responses as bytes, with the same media types.
fn declare_bytes(operation: &mut Value) -> bool {
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

/// Marks a field as read-only wherever it occurs in the schema.
fn mark_read_only(schemas: &mut Schemas, name: &str, field: &str) -> bool {
    let mut changed = false;
    if let Some(schema) = schemas.get_mut(name) {
        visit_schema(schema, &mut Vec::new(), &mut |node, _| {
            let property = node.pointer_mut(&format!("/properties/{field}"));
            let property = property.filter(|property| property.get("readOnly").is_none());
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

    fn sample_document() -> Document {
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
    fn moves_response_to_actual_status() {
        let corrections = Corrections::parse(
            "[[status]]\noperation = 'createThing'\ndocumented = 200\nactual = 201\nevidence = 'seen'",
        )
        .unwrap();
        let mut document = sample_document();

        corrections.apply(&mut document).unwrap();

        let responses = &document.as_value()["paths"]["/things"]["post"]["responses"];
        assert!(responses.get("201").is_some() && responses.get("200").is_none());
    }

    #[test]
    fn adds_missing_roles() {
        let corrections = Corrections::parse(
            "[[roles]]\noperation = 'createThing'\nactual = ['Creator']\nevidence = 'seen'",
        )
        .unwrap();
        let mut document = sample_document();

        corrections.apply(&mut document).unwrap();

        let operation = &document.as_value()["paths"]["/things"]["post"];
        assert_eq!(operation["x-rolesRequirements"], json!(["Creator"]));
        assert!(corrections.apply(&mut document).is_err());
    }

    #[test]
    fn marks_field_as_read_only_once() {
        let corrections = |field: &str| {
            Corrections::parse(&format!(
                "[[server_owned]]\nschema = 'Thing'\nfields = ['{field}']\nevidence = 'seen'"
            ))
            .unwrap()
        };
        let mut document = sample_document();

        corrections("size").apply(&mut document).unwrap();

        let thing = &document.schemas().unwrap()["Thing"];
        assert_eq!(thing["allOf"][0]["properties"]["size"]["readOnly"], true);
        let error = corrections("id").apply(&mut document).unwrap_err();
        assert!(error.to_string().contains("`Thing.id`"), "{error}");
    }

    #[test]
    fn rejects_correction_of_unknown_operation() {
        let corrections =
            Corrections::parse("[[bytes_response]]\noperation = 'gone'\nevidence = 'seen'")
                .unwrap();

        let error = corrections.apply(&mut sample_document()).unwrap_err();

        assert!(error.to_string().contains("`gone`"), "{error}");
    }
}
