//! Redaction of bodies: the values of secret fields, and the secrets of a request in its response.
//!
//! The names come from `openapi/secrets.toml`.

use std::fmt;

use bytes::Bytes;
use reqwest::{Body, Request};
use serde_json::Value;

use crate::operations::{Operation, SECRET_NAMES, SECRET_WORDS};
use crate::redacted::REDACTED;

/// Minimum length of a request secret that is redacted in other texts. Atlas accepts no shorter secrets,
/// and shorter values occur in ordinary words.
const MIN_SEARCHED_LEN: usize = 8;

/// The secrets of a request and its response.
#[derive(Default)]
pub(crate) struct Redactor {
    /// The names of the operation's secret fields.
    fields: &'static [&'static str],
    /// The secrets in the request's body.
    values: Vec<String>,
}

impl Redactor {
    /// Collects the secrets of a request.
    pub(crate) fn new(request: &Request, operation: &Operation) -> Self {
        let mut redactor = Self {
            fields: operation.secrets,
            values: Vec::new(),
        };
        let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
        if let Ok(document) = serde_json::from_slice(body) {
            redactor.collect(&document, false);
        }
        redactor
    }

    /// Returns a JSON body without its secrets, or the size of any other body.
    pub(crate) fn redact_to_string(&self, body: &[u8]) -> String {
        if body.is_empty() {
            return String::new();
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(mut document) => {
                self.redact_fields(&mut document);
                document.to_string()
            }
            Err(_) => format!("({} bytes that are not JSON)", body.len()),
        }
    }

    /// Returns the body without the secrets of the request.
    pub(crate) fn redact_bytes(&self, body: Bytes) -> Bytes {
        if self.values.is_empty() {
            return body;
        }
        let Ok(mut document) = serde_json::from_slice::<Value>(&body) else {
            let text = String::from_utf8_lossy(&body);
            return self.replace_values(&text).map_or(body.clone(), Bytes::from);
        };
        if self.redact_values(&mut document) {
            document.to_string().into()
        } else {
            body
        }
    }

    /// Replaces the values of secret fields, and the request's secrets in all strings.
    fn redact_fields(&self, document: &mut Value) {
        match document {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if self.is_secret(name) && !value.is_boolean() && !value.is_null() {
                        *value = Value::from(REDACTED);
                    } else {
                        self.redact_fields(value);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.redact_fields(item)),
            Value::String(_) => drop(self.redact_values(document)),
            _ => {}
        }
    }

    /// Replaces the request's secrets in all strings. Returns `true` if it found any.
    fn redact_values(&self, document: &mut Value) -> bool {
        match document {
            Value::Object(fields) => fields
                .values_mut()
                .fold(false, |found, value| self.redact_values(value) | found),
            Value::Array(items) => items
                .iter_mut()
                .fold(false, |found, item| self.redact_values(item) | found),
            Value::String(text) => match self.replace_values(text) {
                Some(shown) => {
                    *text = shown;
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Returns the text without the request's secrets, or `None` if it contains none.
    fn replace_values(&self, text: &str) -> Option<String> {
        let occurring = self.values.iter().filter(|value| text.contains(*value));
        occurring.fold(None, |shown: Option<String>, value| {
            Some(shown.as_deref().unwrap_or(text).replace(value, REDACTED))
        })
    }

    /// Collects the values of secret fields.
    fn collect(&mut self, document: &Value, secret: bool) {
        match document {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.collect(value, secret || self.is_secret(name));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, secret)),
            Value::String(text) if secret && text.len() >= MIN_SEARCHED_LEN => {
                self.values.push(text.clone());
            }
            _ => {}
        }
    }

    /// Returns `true` if a field with this name is a secret.
    fn is_secret(&self, name: &str) -> bool {
        self.fields.contains(&name) || is_secret_name(name)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor")
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// Returns `true` if the name alone marks its value as a secret.
fn is_secret_name(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    SECRET_NAMES.contains(&name.as_str()) || SECRET_WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    const SECRET: &str = "hunter2-hunter2";

    /// Returns the redactor of a request with this body.
    fn new_redactor(operation_id: &str, body: &Value) -> Redactor {
        let mut request = Request::new(Method::POST, "https://a.example/".parse().unwrap());
        *request.body_mut() = Some(body.to_string().into());
        Redactor::new(&request, Operation::by_id(operation_id).unwrap())
    }

    #[test]
    fn hides_fields_by_name() {
        let document = json!({
            "name": "shown", "password": SECRET, "privateKey": SECRET, "key": SECRET,
            "deep": [{"client_secret": [SECRET], "awsAccessKeyID": SECRET}],
            "X-Token": {"a": SECRET}, "passwordSet": true, "sharedSecret": null,
        });
        let redactor = Redactor::default();

        let redacted = redactor.redact_to_string(document.to_string().as_bytes());

        assert!(!redacted.contains(SECRET), "{redacted}");
        assert!(
            redacted.contains("shown") && redacted.contains(r#""passwordSet":true"#),
            "{redacted}"
        );
        assert_eq!(
            redactor.redact_to_string(b"password=hunter2"),
            "(16 bytes that are not JSON)"
        );
    }

    #[test]
    fn hides_listed_field_names() {
        let list: toml::Table =
            toml::from_str(include_str!("../../../openapi/secrets.toml")).unwrap();
        let names = ["fields", "words"]
            .iter()
            .flat_map(|key| list[*key].as_array().unwrap());

        for name in names {
            let document = json!({ name.as_str().unwrap(): SECRET }).to_string();
            let redacted = Redactor::default().redact_to_string(document.as_bytes());
            assert!(!redacted.contains(SECRET), "{redacted}");
        }
    }

    #[test]
    fn hides_fields_by_operation() {
        let document = json!({ "headers": [{ "name": "x", "value": SECRET }] });

        for (operation, is_shown) in [("createGroupLogIntegration", false), ("createGroup", true)] {
            let redactor = new_redactor(operation, &Value::Null);
            let redacted = redactor.redact_to_string(document.to_string().as_bytes());
            assert_eq!(redacted.contains(SECRET), is_shown, "{operation}");
        }
    }

    #[test]
    fn every_secret_field_has_a_secret_name() {
        // documents of the facade have no operation, so their secrets are found by name
        for operation in Operation::all() {
            for name in operation.secrets {
                assert!(is_secret_name(name) || *name == "value", "{name}");
            }
        }
        assert!(
            Operation::all()
                .iter()
                .filter(|operation| !operation.secrets.is_empty())
                .count()
                > 20
        );
    }

    #[test]
    fn hides_request_secrets_in_responses() {
        let redactor = new_redactor("createGroup", &json!({ "password": SECRET, "secret": "a" }));
        let echo = json!({ "detail": format!("`{SECRET}` is a bad password"), "p": [SECRET] });

        for text in [echo.to_string(), format!("<title>{SECRET}</title>")] {
            let redacted = redactor.redact_to_string(text.as_bytes());
            let scrubbed = String::from_utf8(redactor.redact_bytes(text.into()).to_vec()).unwrap();
            assert!(!redacted.contains(SECRET), "{redacted}");
            assert!(
                !scrubbed.contains(SECRET) && scrubbed.contains(REDACTED),
                "{scrubbed}"
            );
        }
        let unrelated = Bytes::from(r#" {"detail" : "a"}"#);
        assert_eq!(redactor.redact_bytes(unrelated.clone()), unrelated);
        assert!(!format!("{redactor:?}").contains(SECRET));
    }
}
