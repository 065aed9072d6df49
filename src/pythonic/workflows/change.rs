//! Changing something without losing anything: get the document, edit it, send what changed.
//!
//! What a document and its edited form differ in is in `change/comparison.rs`, what is known of their
//! fields in `change/fields.rs`.

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

/// What an edit changes, before it is sent; made by such as
/// [`ClusterHandle::preview_with`](crate::ClusterHandle::preview_with).
///
/// Printed, it is a line for every field: `+` for what comes, `-` for what goes, `~` for what becomes
/// something else.
#[derive(Clone)]
#[must_use = "a change is not sent until `apply` is called"]
pub struct Change {
    call: Call,
    /// The call that reads the document, in case `call` returns none.
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
    /// Where the field is: names joined by dots. Lists count as one field, since Atlas replaces them as a
    /// whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it was; none where there was nothing.
    pub fn before(&self) -> Option<&Value> {
        self.before.as_ref()
    }

    /// What it will be; none where there will be nothing.
    pub fn after(&self) -> Option<&Value> {
        self.after.as_ref()
    }
}

impl Change {
    /// Compares a document with its edited form.
    pub(crate) fn new(
        call: Call,
        before: &Document,
        edit: impl FnOnce(&mut Value),
    ) -> Result<Self> {
        let old = before.to_value();
        let mut new = old.clone();
        edit(&mut new);
        let (Value::Object(old), Value::Object(new)) = (old, new) else {
            let message = "what is edited has to be a JSON object, and to remain one";
            return Err(Error::new(ErrorKind::InvalidInput, message)
                .with_hint("change fields of the document, do not replace it"));
        };
        let fields = Fields::of(call.operation());
        let Comparison { body, differences } = compare(&old, &new, &fields)?;
        Ok(Self {
            call: call.with_body(body),
            read: None,
            before: before.clone(),
            differences,
        })
    }

    /// Whether the edit changes nothing.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// The fields that change.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// What will be sent.
    pub fn body(&self) -> &Value {
        self.call.body().unwrap_or(&Value::Null)
    }

    /// Returns the call that sends the change.
    pub(crate) fn into_call(self) -> Call {
        self.call
    }

    /// The document as it was when the edit was made.
    pub fn before(&self) -> &Document {
        &self.before
    }
}

impl Call {
    /// Sends this call, which reads a document, lets `edit` change that, and compares: gives what `update`
    /// would change. So anything that one operation reads and another one changes (PATCH or PUT) can be
    /// edited; as [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// Invalid input for an edit that changes what only Atlas sets, or drops fields that this version does
    /// not know, and where this call does not answer with a document; what a call can end with.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?;
    /// let read = atlas.call("getGroup")?.with("groupId", project.id());
    /// let update = atlas.call("updateGroup")?.with("groupId", project.id());
    /// let change = read.preview_with(update, |group| group["name"] = "Shop front".into()).await?;
    /// println!("{change}"); // ~ name: "Storefront" -> "Shop front"
    /// println!("{}", change.before());
    /// for difference in change.differences() {
    ///     println!("{}: {:?} -> {:?}", difference.path(), difference.before(), difference.after());
    /// }
    /// assert_eq!(change.body(), &serde_json::json!({"name": "Shop front"}));
    /// assert!(!change.is_empty());
    /// change.apply().await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn preview_with(
        &self,
        update: Self,
        edit: impl FnOnce(&mut Value),
    ) -> Result<Change> {
        let document = self.document().await?;
        let change = Change::new(update, &document, edit)?;
        Ok(Change {
            read: Some(self.clone()),
            ..change
        })
    }

    /// The document with which it answers now.
    async fn document(&self) -> Result<Document> {
        let reply = self.clone().bypassing_cache().send().await?;
        reply.document().cloned().ok_or_else(|| {
            let message = format!("`{}` returns no document to edit", self.operation().id);
            Error::new(ErrorKind::InvalidInput, message)
        })
    }
}

impl Change {
    /// Sends what changed; gives the new document. Where nothing changed nothing is sent, and the
    /// document is the old one.
    ///
    /// # Errors
    ///
    /// Rejected for values that Atlas does not take, a conflict if the state does not allow the change,
    /// and what a call can end with.
    pub async fn apply(&self) -> Result<Document> {
        if self.is_empty() {
            return Ok(self.before.clone());
        }
        let reply = self.call.send().await?;
        match (reply.document(), &self.read) {
            (None, Some(read)) => read.document().await,
            (document, _) => Ok(document.unwrap_or(&self.before).clone()),
        }
    }
}

impl fmt::Display for Change {
    /// Writes a line for every field that changes, without secrets.
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
        let shown = |value: &Value| shown(path, value);
        match (&self.before, &self.after) {
            (None, Some(after)) => write!(f, "+ {path}: {}", shown(after)),
            (Some(before), None) => write!(f, "- {path}: {}", shown(before)),
            (before, after) => {
                let [before, after] = [before, after].map(|it| it.as_ref().map(shown));
                let [before, after] = [before, after].map(Option::unwrap_or_default);
                write!(f, "~ {path}: {before} -> {after}")
            }
        }
    }
}

/// A value without secrets, which are known by the names of fields; the `key` of a tag is none.
fn shown(path: &str, value: &Value) -> String {
    if matches!(path.split('.').next(), Some("tags" | "labels")) {
        return value.to_string();
    }
    let name = path.rsplit('.').next().unwrap_or_default();
    let named = serde_json::json!({ name: value }).to_string();
    let hidden = redact::Redactor::default().show(named.as_bytes());
    let hidden: Value = serde_json::from_str(&hidden).unwrap_or_default();
    hidden[name].to_string()
}
