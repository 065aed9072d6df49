//! Makes fields that hold secrets a type that does not show them.
//!
//! Generated structs print themselves for debugging; a created API key would print its private half.

use serde_json::{Value, json};

use crate::{
    document::{Document, schema_reference},
    error::Result,
};

/// The schema of a secret, which the generator replaces by a type of the SDK.
pub(crate) const SECRET: &str = "SecretText";

/// The fields that hold secrets, wherever they stand.
const FIELDS: [&str; 23] = [
    "apiKey",
    "apiToken",
    "bindPassword",
    "clientSecret",
    "datadogApiKey",
    "destinationOrgPrivateApiKey",
    "hecToken",
    "linkToken",
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
    "writeToken",
];

pub(super) fn apply(document: &mut Document) -> Result<usize> {
    let mut changes = 0;
    document.visit_schemas(&mut |schema, _| {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let is_text = property["type"] == "string" && property.get("enum").is_none();
            if is_text && FIELDS.contains(&name.as_str()) {
                *property = schema_reference(SECRET);
                changes += 1;
            }
        }
    });
    let secret = json!({ "type": "string" });
    document.schemas_mut()?.insert(SECRET.to_owned(), secret);
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::with_schemas, *};

    #[test]
    fn a_private_key_is_a_secret_and_its_neighbours_are_not() {
        let mut document = with_schemas(json!({"Request": {}, "Answer": {"properties": {
            "privateKey": {"type": "string", "readOnly": true},
            "publicKey": {"type": "string"}}}}));

        assert_eq!(apply(&mut document).unwrap(), 1);

        let properties = &document.schemas().unwrap()["Answer"]["properties"];
        assert_eq!(properties["privateKey"], schema_reference(SECRET));
        assert_eq!(properties["publicKey"], json!({"type": "string"}));
    }
}
