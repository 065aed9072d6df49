//! Names of secret fields: `openapi/secrets.toml`.
//!
//! The generator uses `fields`, and writes the words into the SDK. It parses the sections of the
//! simulator only to check that the document contains each field.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    document::Document,
    error::{Error, Result},
};

const FILE_NAME: &str = "secrets.toml";

/// Key of the document's root with the field names for the passes.
const SECRETS_KEY: &str = "x-secret-fields";

/// Names of secret fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Secrets {
    /// Names of fields that are secret in all schemas.
    pub fields: Vec<String>,
    /// Words that mark a name as a secret, in lower case.
    pub words: Vec<String>,
    /// Rules of the SDK's logs.
    pub logs: Logs,
    /// Rules of the simulator's list of received requests.
    pub received: Received,
    /// Rules of the simulator's responses.
    pub responses: Responses,
}

/// Rules of the SDK's logs, in addition to the words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Logs {
    /// Complete names of secret fields.
    pub names: Vec<String>,
}

/// Rules of the simulator's list of received requests, in addition to the words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Received {
    /// Additional words.
    pub words: Vec<String>,
    /// Suffixes of secret names.
    pub suffixes: Vec<String>,
    /// Complete names of secret fields.
    pub names: Vec<String>,
    /// Exceptions to `suffixes`.
    pub not_secret: Vec<String>,
}

/// Rules of the simulator's responses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Responses {
    /// Fields that the simulator omits.
    pub omitted: Vec<String>,
    /// Fields that the simulator masks, by resource.
    pub masked: BTreeMap<String, Vec<String>>,
}

impl Secrets {
    /// Parses the names from TOML text.
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

    /// Writes `fields` into the document for the passes.
    ///
    /// # Errors
    ///
    /// Fails if the document does not contain a field.
    pub fn apply(&self, document: &mut Document) -> Result<()> {
        self.check(document)?;
        document.0[SECRETS_KEY] = json!(self.fields);
        Ok(())
    }

    /// Returns an error if the document does not contain the field of an entry.
    fn check(&self, document: &mut Document) -> Result<()> {
        let mut names = BTreeSet::new();
        let mut texts = BTreeSet::new();
        document.visit_schemas(&mut |schema, _| {
            let properties = schema.get("properties").and_then(Value::as_object);
            for (name, property) in properties.into_iter().flatten() {
                names.insert(name.clone());
                if is_text(property) {
                    texts.insert(name.clone());
                }
            }
        });
        let secret = self.fields.iter().map(|name| (name, &texts));
        let masked = self.responses.masked.values().flatten();
        let others = [
            &self.logs.names,
            &self.received.names,
            &self.received.not_secret,
            &self.responses.omitted,
        ];
        let others = others.into_iter().flatten().chain(masked);
        let mut entries = secret.chain(others.map(|name| (name, &names)));
        match entries.find(|(name, known)| !known.contains(*name)) {
            None => Ok(()),
            Some((name, _)) => Err(Error::Unknown {
                file: FILE_NAME,
                name: name.clone(),
            }),
        }
    }

    /// Generates the constants by which the SDK redacts secrets in logs.
    pub(crate) fn to_rust(&self) -> TokenStream {
        let (words, names) = (&self.words, &self.logs.names);
        quote! {
            /// Words that mark the name of a field as a secret, in lower case.
            pub(crate) const SECRET_WORDS: &[&str] = &[#(#words),*];

            /// Complete names of secret fields, in lower case.
            pub(crate) const SECRET_NAMES: &[&str] = &[#(#names),*];
        }
    }
}

/// Returns `true` if the property is secret according to its format or to `fields`.
pub(crate) fn is_secret(document: &Document, name: &str, property: &Value) -> bool {
    is_text(property) && (property["format"] == "password" || is_listed(document, name))
}

fn is_listed(document: &Document, name: &str) -> bool {
    let fields = document.as_value()[SECRETS_KEY].as_array();
    fields.is_some_and(|fields| fields.iter().any(|field| field == name))
}

fn is_text(property: &Value) -> bool {
    property["type"] == "string" && property.get("enum").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passes::tests::with_schemas;

    fn sample_document() -> Document {
        with_schemas(json!({"Request": {}, "Response": {"properties": {
            "apiKey": {"type": "string"}, "url": {"type": "object"}}}}))
    }

    fn apply(text: &str) -> Result<Document> {
        let mut document = sample_document();
        Secrets::parse(text)?.apply(&mut document)?;
        Ok(document)
    }

    #[test]
    fn listed_field_is_secret_without_format() {
        let document = apply("fields = ['apiKey']\nwords = ['nowhere']").unwrap();
        let string_schema = json!({"type": "string"});

        assert!(is_secret(&document, "apiKey", &string_schema));
        assert!(!is_secret(&document, "publicKey", &string_schema));
        assert!(!is_secret(&document, "apiKey", &json!({"type": "object"})));
    }

    #[test]
    fn entry_without_field_is_an_error() {
        for text in [
            "fields = ['gone']",
            "fields = ['url']",
            "[logs]\nnames = ['gone']",
            "[received]\nnames = ['gone']",
            "[received]\nnot_secret = ['gone']",
            "[responses]\nomitted = ['gone']",
            "[responses.masked]\nintegrations = ['gone']",
        ] {
            let error = apply(text).unwrap_err().to_string();
            assert!(error.contains("`secrets.toml` names"), "{error}");
        }
    }
}
