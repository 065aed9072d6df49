//! Rejects responses that have none of the fields of their operation's type.
//!
//! All fields of the generated types are optional, so such a response would decode to an empty struct.

use std::{borrow::Cow, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{
    error::{Error, ErrorKind, Result, summarize},
    operations::{FieldKind, Operation, Schema},
    transport::redact::Redactor,
};

/// Field of a wrapper that contains the document.
const WRAPPER_FIELD: &str = "content";

/// Operations whose document Atlas sends either bare or as `{"content": …, "status": 200}`, whichever is documented.
const WRAPPED_OPERATIONS: [&str; 2] = [
    "listGroupClusterPerformanceAdvisorSuggestedIndexes",
    "listGroupProcessPerformanceAdvisorSuggestedIndexes",
];

/// Operations for which `{}` is a valid response although the type has fields: a project without a policy.
const OPTIONAL_OPERATIONS: [&str; 1] = ["getGroupBackupCompliancePolicy"];

/// Returns the document that the operation's type describes, with or without the wrapper of the response.
///
/// # Errors
///
/// Returns invalid response if the operation's type is an object with fields and the document has none of them.
/// Documents of other types and of types without fields are returned unchanged.
pub(crate) fn unwrap_document<'a>(operation: &Operation, body: &'a [u8]) -> Result<Cow<'a, [u8]>> {
    let Some(schema) = operation
        .response_body()
        .filter(|schema| has_fields(*schema))
    else {
        return Ok(body.into());
    };
    match top_level(schema, body) {
        TopLevel::Known | TopLevel::NotAnObject => Ok(body.into()),
        TopLevel::Empty if OPTIONAL_OPERATIONS.contains(&operation.id) => Ok(body.into()),
        TopLevel::Unknown if WRAPPED_OPERATIONS.contains(&operation.id) => {
            convert(schema, body).ok_or_else(|| unknown_document(schema, body))
        }
        TopLevel::Empty | TopLevel::Unknown => Err(unknown_document(schema, body)),
    }
}

/// Wraps a bare document if the type is a wrapper, or unwraps a wrapped document.
fn convert(schema: Schema, body: &[u8]) -> Option<Cow<'_, [u8]>> {
    let is_known = |schema, body| matches!(top_level(schema, body), TopLevel::Known);
    if let Some(content) = schema.field(WRAPPER_FIELD) {
        let wrap = || [br#"{"content":"#, body, b"}"].concat().into();
        return is_known(content.schema(), body).then(wrap);
    }
    let content = find_content(body)?.get().as_bytes();
    is_known(schema, content).then(|| content.into())
}

/// Returns `true` for an object with fields.
fn has_fields(schema: Schema) -> bool {
    matches!(schema.kind(), FieldKind::Object(_)) && schema.fields().next().is_some()
}

/// The names at the top level of a document.
enum TopLevel {
    /// At least one field of the type.
    Known,
    /// No field at all.
    Empty,
    /// Only fields that the type does not have.
    Unknown,
    NotAnObject,
}

/// Reads the top level up to the first known field, which is usually the first field.
fn top_level(schema: Schema, body: &[u8]) -> TopLevel {
    let mut top_level = TopLevel::NotAnObject;
    let scan = Scan {
        schema,
        top_level: &mut top_level,
    };
    // stopping at the first known field is an error to the deserializer; the type's decoder reports malformed JSON
    drop(scan.deserialize(&mut serde_json::Deserializer::from_slice(body)));
    top_level
}

struct Scan<'a> {
    schema: Schema,
    top_level: &'a mut TopLevel,
}

impl<'de> DeserializeSeed<'de> for Scan<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Scan<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        *self.top_level = TopLevel::Empty;
        while let Some(name) = entries.next_key::<String>()? {
            if self.schema.fields().any(|field| field.name() == name) {
                *self.top_level = TopLevel::Known;
                return Ok(());
            }
            *self.top_level = TopLevel::Unknown;
            entries.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Returns the content of a wrapped document.
fn find_content(body: &[u8]) -> Option<&RawValue> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wrapper<'a> {
        #[serde(borrow)]
        content: &'a RawValue,
        #[serde(rename = "status")]
        _status: IgnoredAny,
    }

    let wrapper: Wrapper<'_> = serde_json::from_slice(body).ok()?;
    Some(wrapper.content)
}

/// Creates the error for a document without a known field. Shows the document, without secrets.
fn unknown_document(schema: Schema, body: &[u8]) -> Error {
    let body_summary =
        summarize(Redactor::default().redact_to_string(body).as_bytes()).unwrap_or_default();
    let name = schema.name().unwrap_or("the operation's type");
    let message = format!("unexpected response body: no field of `{name}` in {body_summary}");
    Error::new(ErrorKind::InvalidResponse, message)
        .with_hint("check the base URL (`ATLAS_BASE_URL`); if this is Atlas, the SDK is too old")
}

#[cfg(test)]
mod tests;
