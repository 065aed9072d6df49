//! What a document and its edited form differ in, and what of that has to be sent.
//!
//! Objects are compared field by field and lists as a whole, as Atlas takes them. An explicit null
//! counts as a field that is not there, and numbers count by their value, so that a document which went
//! through a typed struct does not look changed where it is not.

use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::pythonic::workflows::change::{
    Difference,
    fields::{Fields, Path},
};

/// What came of it.
#[derive(Debug)]
pub(super) struct Comparison {
    /// What is sent.
    pub(super) body: Value,
    pub(super) differences: Vec<Difference>,
}

/// Compares a document with its edited form.
pub(super) fn compare(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    fields: &Fields,
) -> Result<Comparison> {
    let mut found = Finder {
        fields,
        differences: Vec::new(),
    };
    let changed = found.object(&Path::default(), old, new)?;
    let body = if fields.replaces {
        let mut whole = Value::Object(new.clone());
        strip(&Path::default(), &mut whole, fields);
        whole
    } else {
        Value::Object(changed)
    };
    Ok(Comparison {
        body,
        differences: found.differences,
    })
}

struct Finder<'a> {
    fields: &'a Fields,
    differences: Vec<Difference>,
}

impl Finder<'_> {
    /// What has to be sent to make one object of another.
    fn object(
        &mut self,
        path: &Path,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
    ) -> Result<Map<String, Value>> {
        let mut changed = Map::new();
        for (name, before) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let path = path.with(name);
            if !before.is_null() && self.may_go(&path)? {
                self.note(&path, Some(before), None);
                changed.insert(name.clone(), Value::Null);
            }
        }
        for (name, after) in new {
            let path = path.with(name);
            let before = old.get(name).unwrap_or(&Value::Null);
            if let Some(value) = self.field(&path, before, after)? {
                changed.insert(name.clone(), value);
            }
        }
        Ok(changed)
    }

    /// What has to be sent to make one value of another, if anything.
    fn field(&mut self, path: &Path, before: &Value, after: &Value) -> Result<Option<Value>> {
        if is_same(before, after) {
            return Ok(None);
        }
        if self.fields.is_owned(path) {
            return Err(self.owned(path));
        }
        if let (Value::Object(before), Value::Object(after)) = (before, after) {
            let changed = self.object(path, before, after)?;
            return Ok((!changed.is_empty()).then_some(Value::Object(changed)));
        }
        self.check_items(path, before, after)?;
        let given = |value: &Value| (!value.is_null()).then(|| value.clone());
        let (before, after) = (given(before), given(after));
        self.note(path, before.as_ref(), after.as_ref());
        let mut sent = after.unwrap_or_default();
        strip(path, &mut sent, self.fields);
        Ok(Some(sent))
    }

    /// Refuses a list whose items have lost fields that nobody knows.
    fn check_items(&self, path: &Path, before: &Value, after: &Value) -> Result<()> {
        let path = path.item();
        match (before, after) {
            (Value::Array(before), Value::Array(after)) => {
                for (old, new) in pairs(before, after) {
                    self.check_kept(&path, old, new)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Refuses a value inside a list that has lost fields which nobody knows.
    fn check_kept(&self, path: &Path, before: &Value, after: &Value) -> Result<()> {
        let (Value::Object(old), Value::Object(new)) = (before, after) else {
            return self.check_items(path, before, after);
        };
        for (name, before) in old.iter().filter(|(_, before)| !before.is_null()) {
            let path = path.with(name);
            match new.get(name) {
                Some(after) => self.check_kept(&path, before, after)?,
                None => drop(self.may_go(&path)?),
            }
        }
        Ok(())
    }

    /// Whether a field that is gone has to be cleared; one that nobody knows may not go.
    fn may_go(&self, path: &Path) -> Result<bool> {
        if self.fields.is_known(path) {
            return Ok(self.fields.is_sent(path));
        }
        let path = path.shown();
        let message = format!("the edit drops `{path}`, which this version does not know");
        Err(Error::new(ErrorKind::InvalidInput, message)
            .with_hint("keep the field, or set it to null to clear it"))
    }

    fn owned(&self, path: &Path) -> Error {
        let (path, operation) = (path.shown(), self.fields.operation);
        let message = format!("`{path}` cannot be changed by `{operation}`: only Atlas sets it");
        Error::new(ErrorKind::InvalidInput, message).with_hint("leave the field as it is")
    }

    fn note(&mut self, path: &Path, before: Option<&Value>, after: Option<&Value>) {
        self.differences.push(Difference {
            path: path.shown(),
            before: before.cloned(),
            after: after.cloned(),
        });
    }
}

/// Takes out of a value what only Atlas sets.
fn strip(path: &Path, value: &mut Value, fields: &Fields) {
    match value {
        Value::Object(object) => {
            object.retain(|name, _| !fields.is_owned(&path.with(name)));
            for (name, value) in object {
                strip(&path.with(name), value, fields);
            }
        }
        Value::Array(items) => {
            let path = path.item();
            for item in items {
                strip(&path, item, fields);
            }
        }
        _ => {}
    }
}

/// The items of two lists that are the same thing: by their ids, else by their places in lists of one
/// length.
fn pairs<'a>(old: &'a [Value], new: &'a [Value]) -> Vec<(&'a Value, &'a Value)> {
    let twin = |(place, item): (usize, &'a Value)| {
        let found = match item.get("id") {
            Some(id) => new.iter().find(|other| other.get("id") == Some(id)),
            None if old.len() == new.len() => new.get(place),
            None => None,
        };
        found.map(|other| (item, other))
    };
    old.iter().enumerate().filter_map(twin).collect()
}

/// Whether two values mean the same.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let has_all = |a: &Map<String, Value>, b: &Map<String, Value>| {
                a.iter()
                    .all(|(name, value)| is_same(value, b.get(name).unwrap_or(&Value::Null)))
            };
            has_all(a, b) && has_all(b, a)
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests;
