//! What the server sent, to the byte.

use std::fmt;

use serde_json::{Value, value::RawValue};

use crate::transport::redact::Hidden;

/// A JSON document exactly as the server sent it.
///
/// Nothing is lost: fields that this SDK does not know, explicit nulls, the order of fields and the
/// way numbers are written (`30.0`) are all there. Typed accessors are more convenient; this is for
/// everything that they leave out. `Debug` prints it without secrets, `Display` as it is.
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
pub struct Document(Box<RawValue>);

impl Document {
    pub(crate) fn new(raw: &RawValue) -> Self {
        Self(raw.to_owned())
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The document as a JSON value.
    pub fn to_value(&self) -> Value {
        // A raw value has been parsed before; null stands for what cannot happen.
        serde_json::from_str(self.0.get()).unwrap_or_default()
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Hidden::default().show(self.as_str().as_bytes()))
    }
}

impl serde::Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
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
