//! Makes fields that hold secrets a type that does not show them.
//!
//! Generated structs print themselves for debugging; a created API key would print its private half.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    document::{Document, schema_reference},
    error::Result,
};

/// The schema of a secret, which the generator replaces by a type of the SDK.
pub(crate) const SECRET: &str = "SecretText";

/// The fields that hold secrets, wherever they stand and whether or not the document says so. Whoever knows
/// the address of a webhook can post there, so that is one.
const FIELDS: [&str; 25] = [
    "apiKey",
    "apiToken",
    "bindPassword",
    "clientSecret",
    "datadogApiKey",
    "destinationOrgPrivateApiKey",
    "hecToken",
    "linkToken",
    "microsoftTeamsWebhookUrl",
    "notificationToken",
    "opsGenieApiKey",
    "password",
    "privateKey",
    "readToken",
    "routingKey",
    "secret",
    "secretAccessKey",
    "secretKey",
    "serviceKey",
    "sslKeyPassword",
    "token",
    "victorOpsApiKey",
    "webhookSecret",
    "webhookUrl",
    "writeToken",
];

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            if is_secret(name, property) {
                *property = schema_reference(SECRET);
                changes += 1;
            }
        }
    });
    let secret = json!({ "type": "string" });
    document.schemas_mut()?.insert(SECRET.to_owned(), secret);
    Ok(changes)
}

/// The names of the fields that hold secrets, of these nodes and of all schemas that they reach.
pub(crate) fn names(document: &Document, nodes: [&Value; 2]) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for node in nodes {
        collect(node, &mut names);
    }
    let schemas = document.schemas()?;
    for schema in document.reachable_from(nodes)? {
        collect(&schemas[&schema], &mut names);
    }
    Ok(names.into_iter().collect())
}

fn collect(node: &Value, names: &mut BTreeSet<String>) {
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        let secret = properties
            .iter()
            .filter(|(name, property)| is_secret(name, property));
        names.extend(secret.map(|(name, _)| name.clone()));
    }
    match node {
        Value::Object(fields) => fields.values().for_each(|value| collect(value, names)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// Whether a field holds a secret: the document says so, or we know better.
fn is_secret(name: &str, property: &Value) -> bool {
    let is_text = property["type"] == "string" && property.get("enum").is_none();
    is_text && (property["format"] == "password" || FIELDS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    #[test]
    fn secrets_are_found_at_any_depth() {
        let document = with_schemas(json!({
            "Request": {"properties": {"headers": {"items": {"allOf": [{"$ref": "#/components/schemas/Header"}]}}}},
            "Header": {"properties": {"value": {"type": "string", "format": "password"}}},
            "Answer": {"properties": {"apiKey": {"type": "string"}, "value": {"type": "string"}}},
            "Other": {"properties": {"token": {"type": "string"}}}}));
        let (_, _, operation) = document.operations().next().unwrap();

        let names = |part: &str| names(&document, [&operation[part], &Value::Null]).unwrap();

        assert_eq!(names("requestBody"), ["value"]);
        assert_eq!(names("responses"), ["apiKey"]);
    }

    #[test]
    fn a_private_key_is_a_secret_and_its_neighbours_are_not() {
        let mut document = with_schemas(json!({"Request": {}, "Answer": {"properties": {
            "privateKey": {"type": "string", "readOnly": true},
            "headersTemplate": {"type": "string", "format": "password"},
            "publicKey": {"type": "string"}}}}));

        assert_eq!(apply(&mut document).unwrap(), 2);

        let properties = &document.schemas().unwrap()["Answer"]["properties"];
        assert_eq!(properties["privateKey"], schema_reference(SECRET));
        assert_eq!(properties["headersTemplate"], schema_reference(SECRET));
        assert_eq!(properties["publicKey"], json!({"type": "string"}));
    }
}
