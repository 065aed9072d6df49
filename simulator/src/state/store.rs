//! Resources without rules of their own: documents in collections, named by their paths.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A resource of a collection.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// What names it when no field of the document does.
    pub(crate) key: String,
    pub(crate) document: Value,
    /// What is known and never shown, such as a private key.
    pub(crate) hidden: Map<String, Value>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Since when the work on it goes on, where it is built anew later than it was created.
    pub(crate) begun: Timestamp,
}

/// Every collection and single resource there is, by its path below the root of the API.
#[derive(Debug, Default)]
pub(crate) struct Store {
    collections: BTreeMap<String, Vec<Record>>,
    singles: BTreeMap<String, Record>,
}

impl Record {
    pub(crate) fn new(key: impl Into<String>, document: Value, now: Timestamp) -> Self {
        Self {
            key: key.into(),
            document,
            hidden: Map::new(),
            created: now,
            updated: now,
            begun: now,
        }
    }

    /// Whether this is the value of one of its naming fields.
    pub(crate) fn is_called(&self, fields: &[&str], value: &str) -> bool {
        self.key == value
            || fields
                .iter()
                .any(|field| self.document.get(*field).and_then(Value::as_str) == Some(value))
    }

    /// A text of the document; empty when there is none.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.document
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Takes over the fields of a change, inner objects field by field.
    pub(crate) fn merge(&mut self, change: &Value, now: Timestamp) {
        merge(&mut self.document, change);
        self.updated = now;
    }
}

impl Store {
    /// A collection, oldest first; none when nothing was ever put there.
    pub(crate) fn existing(&self, path: &str) -> Option<&[Record]> {
        self.collections.get(path).map(Vec::as_slice)
    }

    /// A collection, oldest first.
    pub(crate) fn list(&self, path: &str) -> &[Record] {
        self.existing(path).unwrap_or_default()
    }

    pub(crate) fn list_mut(&mut self, path: &str) -> &mut Vec<Record> {
        self.collections.entry(path.to_owned()).or_default()
    }

    pub(crate) fn find(&self, path: &str, fields: &[&str], value: &str) -> Option<&Record> {
        self.list(path)
            .iter()
            .find(|it| it.is_called(fields, value))
    }

    pub(crate) fn find_mut(
        &mut self,
        path: &str,
        fields: &[&str],
        value: &str,
    ) -> Option<&mut Record> {
        let records = self.collections.get_mut(path)?;
        records.iter_mut().find(|it| it.is_called(fields, value))
    }

    /// Everything in collections whose path ends like this.
    pub(crate) fn all_mut<'a>(
        &'a mut self,
        suffix: &'a str,
    ) -> impl Iterator<Item = &'a mut Record> {
        let all = self.collections.iter_mut();
        all.filter(move |(path, _)| path.ends_with(suffix))
            .flat_map(|(_, records)| records)
    }

    /// Takes a resource out of a collection, with what lies below it.
    pub(crate) fn remove(&mut self, path: &str, fields: &[&str], value: &str) -> Option<Record> {
        let records = self.collections.get_mut(path)?;
        let index = records.iter().position(|it| it.is_called(fields, value))?;
        let record = records.remove(index);
        self.remove_below(&format!("{path}/{value}"));
        Some(record)
    }

    /// Takes out of the collections whose path ends like this what is over, and tells what that
    /// was and where.
    pub(crate) fn remove_all(
        &mut self,
        suffix: &str,
        is_over: impl Fn(&Record) -> bool,
    ) -> Vec<(String, Record)> {
        let mut removed = Vec::new();
        for (path, records) in &mut self.collections {
            if path.ends_with(suffix) {
                let over = records.extract_if(.., |it| is_over(it));
                removed.extend(over.map(|record| (path.clone(), record)));
            }
        }
        removed
    }

    /// Forgets everything below a path.
    pub(crate) fn remove_below(&mut self, path: &str) {
        let prefix = format!("{path}/");
        self.collections.retain(|key, _| !key.starts_with(&prefix));
        self.singles.retain(|key, _| !key.starts_with(&prefix));
    }

    pub(crate) fn single(&self, path: &str) -> Option<&Record> {
        self.singles.get(path)
    }

    pub(crate) fn single_mut(&mut self, path: &str) -> Option<&mut Record> {
        self.singles.get_mut(path)
    }

    pub(crate) fn put_single(&mut self, path: &str, record: Record) {
        self.singles.insert(path.to_owned(), record);
    }

    pub(crate) fn remove_single(&mut self, path: &str) -> Option<Record> {
        self.singles.remove(path)
    }

    /// All collections whose path begins like this.
    pub(crate) fn below<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [Record])> {
        let all = self.collections.iter();
        all.filter(move |(path, _)| path.starts_with(prefix))
            .map(|(path, records)| (path.as_str(), records.as_slice()))
    }
}

fn merge(document: &mut Value, change: &Value) {
    match (document, change) {
        (Value::Object(document), Value::Object(change)) => {
            for (name, value) in change {
                merge(document.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (document, change) => *document = change.clone(),
    }
}
