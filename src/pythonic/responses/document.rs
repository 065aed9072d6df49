//! JSON documents, unchanged.

use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use serde_json::{Value, value::RawValue};

use crate::transport::redact::Redactor;

/// A JSON document as the server sent it.
///
/// It contains fields that this SDK does not know, explicit nulls, the order of fields and the format
/// of numbers (`30.0`). Use it for everything that the typed accessors lack. `Display` prints the
/// document, and `Debug` omits secrets. Two documents are equal if their texts are. Cloning is cheap.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let cluster = atlas.find_cluster("shop-staging").await?;
/// let document = cluster.document();
/// assert!(document.as_str().starts_with('{'));
/// assert_eq!(document.to_value()["name"], "shop-staging");
/// println!("{document}");
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
pub struct Document(Arc<RawValue>);

impl Document {
    pub(crate) fn new(raw: &RawValue) -> Self {
        Self(raw.to_owned().into())
    }

    /// Returns the JSON text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Parses the document into a JSON value.
    pub fn to_value(&self) -> Value {
        // a raw value is valid JSON, so this cannot fail
        serde_json::from_str(self.0.get()).unwrap_or_default()
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Document {}

impl Hash for Document {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl AsRef<str> for Document {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Redactor::default().redact_to_string(self.as_str().as_bytes()))
    }
}

impl serde::Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Document {
    /// Accepts any JSON value. Other formats are not supported.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Self(raw.into()))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Document {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Document".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_keeps_the_text() {
        let text = r#"{"b":30.0,"a":null}"#;
        let document: Document = serde_json::from_str(text).unwrap();

        assert_eq!(document.as_str(), text);
        assert_eq!(serde_json::to_string(&document).unwrap(), text);
    }

    #[test]
    fn equality_compares_the_text() {
        let document = |text: &str| serde_json::from_str::<Document>(text).unwrap();

        assert_eq!(document("[1]"), document("[1]").clone());
        assert_ne!(document("[1]"), document("[1.0]"));
    }
}
