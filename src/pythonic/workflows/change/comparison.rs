//! Compares a document with an edited copy, and builds the request body.
//!
//! Objects are compared field by field. Lists are compared as a whole, because Atlas replaces them as a whole. An
//! explicit null equals an absent field, and numbers are compared by value, so decoding and encoding a document as a
//! typed struct does not change it.

use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::pythonic::workflows::change::{
    Difference,
    fields::{Fields, Path},
};

/// The result of a comparison.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The request body.
    pub(super) body: Value,
    pub(super) differences: Vec<Difference>,
}

/// Compares a document with an edited copy.
pub(super) fn compare(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    fields: &Fields,
) -> Result<Comparison> {
    let mut comparer = Comparer {
        fields,
        differences: Vec::new(),
    };
    let changed = comparer.compare_objects(&Path::default(), old, new)?;
    let body = if fields.replaces {
        let mut document = Value::Object(new.clone());
        remove_server_owned(&Path::default(), &mut document, fields);
        document
    } else {
        Value::Object(changed)
    };
    Ok(Comparison {
        body,
        differences: comparer.differences,
    })
}

struct Comparer<'a> {
    fields: &'a Fields,
    differences: Vec<Difference>,
}

impl Comparer<'_> {
    /// Returns the fields to send that change `old` to `new`.
    fn compare_objects(
        &mut self,
        path: &Path,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
    ) -> Result<Map<String, Value>> {
        let mut changed = Map::new();
        for (name, before) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let path = path.join(name);
            if !before.is_null() && self.check_removal(&path)? {
                self.add_difference(&path, Some(before), None);
                changed.insert(name.clone(), Value::Null);
            }
        }
        for (name, after) in new {
            let path = path.join(name);
            let before = old.get(name).unwrap_or(&Value::Null);
            if let Some(value) = self.compare_field(&path, before, after)? {
                changed.insert(name.clone(), value);
            }
        }
        Ok(changed)
    }

    /// Returns the value to send that changes `before` to `after`, or `None` if they are equal.
    fn compare_field(
        &mut self,
        path: &Path,
        before: &Value,
        after: &Value,
    ) -> Result<Option<Value>> {
        if is_equal(before, after) {
            return Ok(None);
        }
        if self.fields.is_server_owned(path) {
            return Err(self.server_owned_error(path));
        }
        if let (Value::Object(before), Value::Object(after)) = (before, after) {
            let changed = self.compare_objects(path, before, after)?;
            return Ok((!changed.is_empty()).then_some(Value::Object(changed)));
        }
        self.check_items(path, before, after)?;
        let non_null = |value: &Value| (!value.is_null()).then(|| value.clone());
        let (before, after) = (non_null(before), non_null(after));
        self.add_difference(path, before.as_ref(), after.as_ref());
        let mut value = after.unwrap_or_default();
        remove_server_owned(path, &mut value, self.fields);
        Ok(Some(value))
    }

    /// Rejects a list whose items lost unknown fields.
    fn check_items(&self, path: &Path, before: &Value, after: &Value) -> Result<()> {
        let path = path.item();
        match (before, after) {
            (Value::Array(before), Value::Array(after)) => {
                for (old, new) in pair_items(before, after) {
                    self.check_item(&path, old, new)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Rejects a value in a list that lost unknown fields.
    fn check_item(&self, path: &Path, before: &Value, after: &Value) -> Result<()> {
        let (Value::Object(old), Value::Object(new)) = (before, after) else {
            return self.check_items(path, before, after);
        };
        for (name, before) in old.iter().filter(|(_, before)| !before.is_null()) {
            let path = path.join(name);
            match new.get(name) {
                Some(after) => self.check_item(&path, before, after)?,
                None => drop(self.check_removal(&path)?),
            }
        }
        Ok(())
    }

    /// Returns `true` if a removed field has to be cleared. Rejects the removal of an unknown field.
    fn check_removal(&self, path: &Path) -> Result<bool> {
        if self.fields.is_known(path) {
            return Ok(self.fields.is_writable(path));
        }
        let message = format!("the edit removes the unknown field `{path}`");
        Err(Error::new(ErrorKind::InvalidInput, message)
            .with_hint("keep the field, or set it to null to clear it"))
    }

    fn server_owned_error(&self, path: &Path) -> Error {
        let operation = self.fields.operation;
        let message = format!("`{path}` cannot be changed by `{operation}`: only Atlas sets it");
        Error::new(ErrorKind::InvalidInput, message).with_hint("leave the field unchanged")
    }

    fn add_difference(&mut self, path: &Path, before: Option<&Value>, after: Option<&Value>) {
        self.differences.push(Difference {
            path: path.to_string(),
            before: before.cloned(),
            after: after.cloned(),
        });
    }
}

/// Removes the fields that only Atlas sets.
fn remove_server_owned(path: &Path, value: &mut Value, fields: &Fields) {
    match value {
        Value::Object(object) => {
            object.retain(|name, _| !fields.is_server_owned(&path.join(name)));
            for (name, value) in object {
                remove_server_owned(&path.join(name), value, fields);
            }
        }
        Value::Array(items) => {
            let path = path.item();
            for item in items {
                remove_server_owned(&path, item, fields);
            }
        }
        _ => {}
    }
}

/// Pairs the items of two lists by id, or by index if they have no id and the lists are of equal length.
fn pair_items<'a>(old: &'a [Value], new: &'a [Value]) -> Vec<(&'a Value, &'a Value)> {
    let pair = |(index, item): (usize, &'a Value)| {
        let counterpart = match item.get("id") {
            Some(id) => new.iter().find(|candidate| candidate.get("id") == Some(id)),
            None if old.len() == new.len() => new.get(index),
            None => None,
        };
        counterpart.map(|counterpart| (item, counterpart))
    };
    old.iter().enumerate().filter_map(pair).collect()
}

/// Returns `true` if two values are equal to Atlas.
fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let contains_all = |a: &Map<String, Value>, b: &Map<String, Value>| {
                a.iter()
                    .all(|(name, value)| is_equal(value, b.get(name).unwrap_or(&Value::Null)))
            };
            contains_all(a, b) && contains_all(b, a)
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_equal(a, b))
        }
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests;
