//! Gives secret fields a type whose `Debug` does not print the value.
//!
//! Generated structs implement `Debug`: a created API key would print its private key.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    document::{Document, schema_reference},
    error::Result,
    secrets::is_secret,
};

/// Name of the schema of secrets, which the generator replaces by a type of the SDK.
pub(crate) const SECRET_SCHEMA: &str = "SecretText";

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    let original = document.clone();
    document.visit_schemas(&mut |schema, _| {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            if is_secret(&original, name, property) {
                *property = schema_reference(SECRET_SCHEMA);
                changes += 1;
            }
        }
    });
    let secret = json!({ "type": "string" });
    document
        .schemas_mut()?
        .insert(SECRET_SCHEMA.to_owned(), secret);
    Ok(changes)
}

/// Returns the names of secret fields in the nodes and in all schemas that they reach.
pub(crate) fn names(document: &Document, nodes: [&Value; 2]) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for node in nodes {
        collect_names(document, node, &mut names);
    }
    let schemas = document.schemas()?;
    for schema in document.reachable_from(nodes)? {
        collect_names(document, &schemas[&schema], &mut names);
    }
    Ok(names.into_iter().collect())
}

fn collect_names(document: &Document, node: &Value, names: &mut BTreeSet<String>) {
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        let secret = properties
            .iter()
            .filter(|(name, property)| is_secret(document, name, property));
        names.extend(secret.map(|(name, _)| name.clone()));
    }
    match node {
        Value::Object(fields) => fields
            .values()
            .for_each(|value| collect_names(document, value, names)),
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_names(document, item, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};
    use crate::secrets::Secrets;

    /// Adds the field to the list of secret fields.
    fn list(document: &mut Document, field: &str) {
        let secrets = Secrets::parse(&format!("fields = ['{field}']")).unwrap();
        secrets.apply(document).unwrap();
    }

    #[test]
    fn finds_secrets_at_any_depth() {
        let mut document = with_schemas(json!({
            "Request": {"properties": {"headers": {"items": {"allOf": [{"$ref": "#/components/schemas/Header"}]}}}},
            "Header": {"properties": {"value": {"type": "string", "format": "password"}}},
            "Response": {"properties": {"apiKey": {"type": "string"}, "value": {"type": "string"}}},
            "Other": {"properties": {"token": {"type": "string"}}}}));
        list(&mut document, "apiKey");
        let (_, _, operation) = document.operations().next().unwrap();

        let names = |part: &str| names(&document, [&operation[part], &Value::Null]).unwrap();

        assert_eq!(names("requestBody"), ["value"]);
        assert_eq!(names("responses"), ["apiKey"]);
    }

    #[test]
    fn marks_secret_fields_only() {
        let mut document = with_schemas(json!({"Request": {}, "Response": {"properties": {
            "privateKey": {"type": "string", "readOnly": true},
            "headersTemplate": {"type": "string", "format": "password"},
            "publicKey": {"type": "string"}}}}));
        list(&mut document, "privateKey");

        assert_eq!(apply(&mut document).unwrap(), 2);

        let properties = &document.schemas().unwrap()["Response"]["properties"];
        assert_eq!(properties["privateKey"], schema_reference(SECRET_SCHEMA));
        assert_eq!(
            properties["headersTemplate"],
            schema_reference(SECRET_SCHEMA)
        );
        assert_eq!(properties["publicKey"], json!({"type": "string"}));
    }
}
