//! Responses contain no placeholders for values that clients use.

use std::collections::BTreeSet;

use serde_json::Value;

use super::calls::RESPONSES;

/// The start of a generated string for a field without format and pattern.
const PLACEHOLDER: &str = "example-";
/// The placeholder in the bodies of these tests.
const SENT_VALUE: &str = "example-value";

/// Fields whose values no client uses: names of resources that exist only in the response.
const ACCEPTED_FIELDS: [&str; 9] = [
    ".authorizedUserFirstName",
    ".authorizedUserLastName",
    ".comment",
    ".headersRedacted.name",
    ".modelGroupName",
    ".name",
    ".orgName",
    ".targetDeploymentItemName",
    "getFederationSettingIdentityProviderMetadata",
];

/// Collects the paths of all placeholders in a document.
fn collect(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.contains(PLACEHOLDER) && !text.contains(SENT_VALUE) => {
            found.insert(format!("{path}: {text}"));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, path, found)),
        Value::Object(object) => {
            for (name, value) in object {
                collect(value, &format!("{path}.{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn responses_contain_no_placeholders() {
    let mut placeholders = BTreeSet::new();
    for (operation, response) in RESPONSES.iter() {
        let document = response
            .as_ref()
            .ok()
            .and_then(|reply| reply.document.as_ref());
        if let Some(document) = document {
            collect(document, &operation.id, &mut placeholders);
        }
    }

    let expected = |path: &str| ACCEPTED_FIELDS.iter().any(|field| path.contains(field));
    placeholders.retain(|path| !expected(path));
    assert!(placeholders.is_empty(), "{placeholders:#?}");
}
