//! What is not shown of bodies: the values of fields whose names speak of secrets or that the document
//! calls so, and what such fields of a request held, wherever it comes back.

use std::fmt;

use bytes::Bytes;
use reqwest::{Body, Request};
use serde_json::Value;

use crate::operations::Operation;
use crate::redacted::REDACTED;

/// What is part of the name of a field that holds a secret, in lower case and without separators.
const SECRETS: &[&str] = &[
    "accesskey",
    "apikey",
    "authorization",
    "bodytemplate",
    "certificate",
    "clientkey",
    "connectionstring",
    "credential",
    "headerstemplate",
    "licensekey",
    "passphrase",
    "password",
    "passwd",
    "pemfile",
    "privatekey",
    "routingkey",
    "secret",
    "serviceaccountkey",
    "servicekey",
    "sslkey",
    "token",
    "webhookurl",
];

/// The length from which a value is looked for in other texts: no secret that Atlas takes is shorter,
/// and shorter ones are in many a harmless word.
const TELLING: usize = 8;

/// What is not shown of the bodies of a call.
#[derive(Default)]
pub(crate) struct Hidden {
    /// The fields that the operation knows as secrets.
    fields: &'static [&'static str],
    /// The secrets that the request held.
    values: Vec<String>,
}

impl Hidden {
    /// What is not shown of this call.
    pub(crate) fn of(request: &Request, operation: &Operation) -> Self {
        let mut hidden = Self {
            fields: operation.secrets,
            values: Vec::new(),
        };
        let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
        if let Ok(document) = serde_json::from_slice(body) {
            hidden.collect(&document, false);
        }
        hidden
    }

    /// A body as JSON without its secrets; of anything else only the size.
    pub(crate) fn show(&self, body: &[u8]) -> String {
        if body.is_empty() {
            return String::new();
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(mut document) => {
                self.hide(&mut document);
                document.to_string()
            }
            Err(_) => format!("({} bytes that are not JSON)", body.len()),
        }
    }

    /// A body without the secrets that the request held; it stays as it is where there are none.
    pub(crate) fn scrub(&self, body: Bytes) -> Bytes {
        if self.values.is_empty() {
            return body;
        }
        let Ok(mut document) = serde_json::from_slice::<Value>(&body) else {
            let text = String::from_utf8_lossy(&body);
            return self.without_values(&text).map_or(body.clone(), Bytes::from);
        };
        if self.hide_values(&mut document) {
            document.to_string().into()
        } else {
            body
        }
    }

    /// Takes the values out of a document whose names speak of secrets, whatever they are, and the
    /// request's secrets out of all texts.
    fn hide(&self, document: &mut Value) {
        match document {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if self.is_secret(name) && !value.is_boolean() && !value.is_null() {
                        *value = Value::from(REDACTED);
                    } else {
                        self.hide(value);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide(item)),
            Value::String(_) => drop(self.hide_values(document)),
            _ => {}
        }
    }

    /// Takes the request's secrets out of all texts; tells whether there were any.
    fn hide_values(&self, document: &mut Value) -> bool {
        match document {
            Value::Object(fields) => fields
                .values_mut()
                .fold(false, |found, value| self.hide_values(value) | found),
            Value::Array(items) => items
                .iter_mut()
                .fold(false, |found, item| self.hide_values(item) | found),
            Value::String(text) => match self.without_values(text) {
                Some(shown) => {
                    *text = shown;
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// The text without the request's secrets, if it holds any.
    fn without_values(&self, text: &str) -> Option<String> {
        let held = self.values.iter().filter(|value| text.contains(*value));
        held.fold(None, |shown: Option<String>, value| {
            Some(shown.as_deref().unwrap_or(text).replace(value, REDACTED))
        })
    }

    /// Remembers the secrets of a request.
    fn collect(&mut self, document: &Value, secret: bool) {
        match document {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.collect(value, secret || self.is_secret(name));
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, secret)),
            Value::String(text) if secret && text.len() >= TELLING => {
                self.values.push(text.clone());
            }
            _ => {}
        }
    }

    /// Whether a field of this name holds a secret.
    fn is_secret(&self, name: &str) -> bool {
        self.fields.contains(&name) || speaks_of_secrets(name)
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hidden")
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// Whether a name says that its value is a secret.
fn speaks_of_secrets(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    name == "key" || SECRETS.iter().any(|secret| name.contains(secret))
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;

    const SECRET: &str = "hunter2-hunter2";

    /// What is hidden of a call of this operation with this body.
    fn hidden(operation_id: &str, body: &Value) -> Hidden {
        let mut request = Request::new(Method::POST, "https://a.example/".parse().unwrap());
        *request.body_mut() = Some(body.to_string().into());
        Hidden::of(&request, Operation::by_id(operation_id).unwrap())
    }

    #[test]
    fn secrets_are_known_by_their_names() {
        let document = json!({
            "name": "shown", "password": SECRET, "privateKey": SECRET, "key": SECRET,
            "deep": [{"client_secret": [SECRET], "awsAccessKeyID": SECRET}],
            "X-Token": {"a": SECRET}, "passwordSet": true, "sharedSecret": null,
        });
        let hidden = Hidden::default();

        let shown = hidden.show(document.to_string().as_bytes());

        assert!(!shown.contains(SECRET), "{shown}");
        assert!(
            shown.contains("shown") && shown.contains(r#""passwordSet":true"#),
            "{shown}"
        );
        assert_eq!(
            hidden.show(b"password=hunter2"),
            "(16 bytes that are not JSON)"
        );
    }

    #[test]
    fn secrets_are_known_by_their_operation() {
        let document = json!({ "headers": [{ "name": "x", "value": SECRET }] });

        for (operation, is_shown) in [("createGroupLogIntegration", false), ("createGroup", true)] {
            let hidden = hidden(operation, &Value::Null);
            let shown = hidden.show(document.to_string().as_bytes());
            assert_eq!(shown.contains(SECRET), is_shown, "{operation}");
        }
    }

    #[test]
    fn every_secret_of_the_document_has_a_telling_name() {
        // what has no operation, a document of the facade's for one, is known by its names alone
        for operation in Operation::all() {
            for name in operation.secrets {
                assert!(speaks_of_secrets(name) || *name == "value", "{name}");
            }
        }
        assert!(
            Operation::all()
                .iter()
                .filter(|it| !it.secrets.is_empty())
                .count()
                > 20
        );
    }

    #[test]
    fn what_was_sent_as_a_secret_is_not_shown_when_it_comes_back() {
        let hidden = hidden("createGroup", &json!({ "password": SECRET, "secret": "a" }));
        let echo = json!({ "detail": format!("`{SECRET}` is a bad password"), "p": [SECRET] });

        for text in [echo.to_string(), format!("<title>{SECRET}</title>")] {
            let shown = hidden.show(text.as_bytes());
            let scrubbed = String::from_utf8(hidden.scrub(text.into()).to_vec()).unwrap();
            assert!(!shown.contains(SECRET), "{shown}");
            assert!(
                !scrubbed.contains(SECRET) && scrubbed.contains(REDACTED),
                "{scrubbed}"
            );
        }
        let harmless = Bytes::from(r#" {"detail" : "a"}"#);
        assert_eq!(hidden.scrub(harmless.clone()), harmless);
        assert!(!format!("{hidden:?}").contains(SECRET));
    }
}
