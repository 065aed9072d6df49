//! JSON documents in collections, which API paths identify.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A resource of a collection.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Identifies the record if no field of the document does.
    pub(crate) key: String,
    pub(crate) document: Value,
    /// Values that responses do not show, such as a private key.
    pub(crate) hidden: Map<String, Value>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Start of the current build: the creation, or a later rebuild.
    pub(crate) started: Timestamp,
}

/// All collections and single resources, by their paths below the root of the API.
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
            started: now,
        }
    }

    /// Returns `true` if `value` is the key or the value of one of `fields`.
    pub(crate) fn is_named(&self, fields: &[&str], value: &str) -> bool {
        self.key == value
            || fields
                .iter()
                .any(|field| self.document.get(*field).and_then(Value::as_str) == Some(value))
    }

    /// Returns a string field of the document, or an empty string.
    pub(crate) fn string(&self, field: &str) -> &str {
        self.document
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Replaces the changed fields of the document. Replaces nested objects as a whole.
    pub(crate) fn merge(&mut self, change: &Value, now: Timestamp) {
        match (&mut self.document, change) {
            (Value::Object(document), Value::Object(change)) => document.extend(change.clone()),
            (document, change) => *document = change.clone(),
        }
        self.updated = now;
    }
}

impl Store {
    /// Returns a collection, oldest first, or `None` if it was never written.
    pub(crate) fn find_list(&self, path: &str) -> Option<&[Record]> {
        self.collections.get(path).map(Vec::as_slice)
    }

    /// Returns a collection, oldest first.
    pub(crate) fn list(&self, path: &str) -> &[Record] {
        self.find_list(path).unwrap_or_default()
    }

    pub(crate) fn list_mut(&mut self, path: &str) -> &mut Vec<Record> {
        self.collections.entry(path.to_owned()).or_default()
    }

    pub(crate) fn find(&self, path: &str, fields: &[&str], value: &str) -> Option<&Record> {
        self.list(path)
            .iter()
            .find(|record| record.is_named(fields, value))
    }

    pub(crate) fn find_mut(
        &mut self,
        path: &str,
        fields: &[&str],
        value: &str,
    ) -> Option<&mut Record> {
        let records = self.collections.get_mut(path)?;
        records
            .iter_mut()
            .find(|record| record.is_named(fields, value))
    }

    /// Returns the records of all collections whose path ends with `suffix`.
    pub(crate) fn all_mut<'a>(
        &'a mut self,
        suffix: &'a str,
    ) -> impl Iterator<Item = &'a mut Record> {
        let collections = self.collections.iter_mut();
        collections
            .filter(move |(path, _)| path.ends_with(suffix))
            .flat_map(|(_, records)| records)
    }

    /// Removes a record from a collection, and all resources below the record.
    pub(crate) fn remove(&mut self, path: &str, fields: &[&str], value: &str) -> Option<Record> {
        let records = self.collections.get_mut(path)?;
        let index = records
            .iter()
            .position(|record| record.is_named(fields, value))?;
        let record = records.remove(index);
        self.remove_below(&format!("{path}/{value}"));
        Some(record)
    }

    /// Removes matching records from all collections whose path ends with `suffix`. Returns each
    /// record with the path of its collection.
    pub(crate) fn remove_where(
        &mut self,
        suffix: &str,
        matches: impl Fn(&Record) -> bool,
    ) -> Vec<(String, Record)> {
        let mut removed = Vec::new();
        for (path, records) in &mut self.collections {
            if path.ends_with(suffix) {
                let matching = records.extract_if(.., |record| matches(record));
                removed.extend(matching.map(|record| (path.clone(), record)));
            }
        }
        removed
    }

    /// Removes everything below a path.
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

    /// Returns all collections whose path starts with `prefix`.
    pub(crate) fn below<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a [Record])> {
        let collections = self.collections.iter();
        collections
            .filter(move |(path, _)| path.starts_with(prefix))
            .map(|(path, records)| (path.as_str(), records.as_slice()))
    }
}
