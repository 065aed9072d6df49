//! Edits of JSON documents: fetches a document, applies an edit and sends the changed fields.
//!
//! `change/comparison.rs` compares the two documents, and `change/fields.rs` has the fields of an operation.

mod comparison;
mod edits;
mod fields;

use std::fmt;

use serde_json::Value;

use crate::pythonic::responses::document::Document;
use crate::{
    error::{Error, ErrorKind, Result},
    request::Call,
    transport::redact,
};
use comparison::{Comparison, compare};
use fields::Fields;

/// An edit that has not been sent; see [`ClusterHandle::preview_with`](crate::ClusterHandle::preview_with).
///
/// `Display` prints a line for each field: `+` for an added, `-` for a removed and `~` for a changed field.
#[derive(Clone)]
#[must_use = "a change is not sent until `apply` is called"]
pub struct Change {
    call: Call,
    /// The call that reads the document, used if `call` does not return it.
    read: Option<Call>,
    before: Document,
    differences: Vec<Difference>,
}

/// One field that an edit changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    path: String,
    before: Option<Value>,
    after: Option<Value>,
}

impl Difference {
    /// Returns the path of the field: names joined by dots. A list is one field, because Atlas replaces it as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the old value; `None` for an added field.
    pub fn before(&self) -> Option<&Value> {
        self.before.as_ref()
    }

    /// Returns the new value; `None` for a removed field.
    pub fn after(&self) -> Option<&Value> {
        self.after.as_ref()
    }
}

impl Change {
    /// Compares a document with an edited copy.
    pub(crate) fn new(
        call: Call,
        before: &Document,
        edit: impl FnOnce(&mut Value),
    ) -> Result<Self> {
        let old_value = before.to_value();
        let mut new_value = old_value.clone();
        edit(&mut new_value);
        let (Value::Object(old_value), Value::Object(new_value)) = (old_value, new_value) else {
            let message = "only JSON objects can be edited";
            return Err(Error::new(ErrorKind::InvalidInput, message)
                .with_hint("change fields of the document instead of replacing it"));
        };
        let fields = Fields::new(call.operation());
        let Comparison { body, differences } = compare(&old_value, &new_value, &fields)?;
        Ok(Self {
            call: call.with_body(body),
            read: None,
            before: before.clone(),
            differences,
        })
    }

    /// Returns `true` if the edit changes no field.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Returns the changed fields.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Returns the request body.
    pub fn body(&self) -> &Value {
        self.call.body().unwrap_or(&Value::Null)
    }

    /// Returns the call that sends the change.
    pub(crate) fn into_call(self) -> Call {
        self.call
    }

    /// Returns the document to which the edit was applied.
    pub fn before(&self) -> &Document {
        &self.before
    }
}

impl Call {
    /// Fetches a document with this call, applies `edit` to it and returns the change that `update` would send.
    ///
    /// Works for any two operations of which one reads and the other updates (PATCH or PUT) the same document. The rules
    /// are those of [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the edit changes fields that only Atlas sets, if
    /// it removes unknown fields, or if this call does not return a document. Returns any [request error](Error).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?;
    /// let read = atlas.call("getGroup")?.with("groupId", project.id());
    /// let update = atlas.call("updateGroup")?.with("groupId", project.id());
    /// let change = read.preview_with(update, |group| group["name"] = "Shop front".into()).await?;
    /// println!("{change}"); // ~ name: "Storefront" -> "Shop front"
    /// assert_eq!(change.body(), &serde_json::json!({"name": "Shop front"}));
    /// change.apply().await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn preview_with(
        &self,
        update: Self,
        edit: impl FnOnce(&mut Value),
    ) -> Result<Change> {
        let document = self.fetch_document().await?;
        let change = Change::new(update, &document, edit)?;
        Ok(Change {
            read: Some(self.clone()),
            ..change
        })
    }

    /// Fetches the document, bypassing the cache.
    async fn fetch_document(&self) -> Result<Document> {
        let response = self.clone().bypassing_cache().send().await?;
        response.document().cloned().ok_or_else(|| {
            let message = format!("`{}` returns no document to edit", self.operation().id);
            Error::new(ErrorKind::InvalidInput, message)
        })
    }
}

impl Change {
    /// Sends the changed fields and returns the new document. Does not send a request if no field changed.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects a value,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the state of the resource does not allow the change, or any
    /// [request error](Error).
    pub async fn apply(&self) -> Result<Document> {
        if self.is_empty() {
            return Ok(self.before.clone());
        }
        let response = self.call.send().await?;
        match (response.document(), &self.read) {
            (None, Some(read)) => read.fetch_document().await,
            (document, _) => Ok(document.unwrap_or(&self.before).clone()),
        }
    }
}

impl fmt::Display for Change {
    /// Writes a line for each changed field, without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, difference) in self.differences.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{difference}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("operation", &self.call.operation().id)
            .field("differences", &format_args!("{self}"))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        let redact = |value: &Value| redact_value(path, value);
        match (&self.before, &self.after) {
            (None, Some(after)) => write!(f, "+ {path}: {}", redact(after)),
            (Some(before), None) => write!(f, "- {path}: {}", redact(before)),
            (before, after) => {
                let [before, after] = [before, after].map(|value| value.as_ref().map(redact));
                let [before, after] = [before, after].map(Option::unwrap_or_default);
                write!(f, "~ {path}: {before} -> {after}")
            }
        }
    }
}

/// Formats a value without secrets. The redactor finds them by field name, but the `key` of a tag is no secret.
fn redact_value(path: &str, value: &Value) -> String {
    if matches!(path.split('.').next(), Some("tags" | "labels")) {
        return value.to_string();
    }
    let name = path.rsplit('.').next().unwrap_or_default();
    let document = serde_json::json!({ name: value }).to_string();
    let redacted = redact::Redactor::default().redact_to_string(document.as_bytes());
    let redacted: Value = serde_json::from_str(&redacted).unwrap_or_default();
    redacted[name].to_string()
}
