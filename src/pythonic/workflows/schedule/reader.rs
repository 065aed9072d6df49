//! Reads the document of a schedule file and collects all its faults.

use std::{fmt, str::FromStr};

use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::request::nearest;

/// A fault of a schedule file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScheduleFault {
    /// The path of the key, such as `schedules.office-hours.running[0]`.
    pub path: String,
    /// The fault and how to fix it.
    pub message: String,
}

impl fmt::Display for ScheduleFault {
    /// Writes the path and the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path, self.message)
    }
}

/// A table of a schedule file that is being read.
pub(super) struct Table<'a> {
    path: String,
    map: &'a Map<String, Value>,
}

impl<'a> Table<'a> {
    /// Reads a table. Reports another type, and keys that are not in `known`.
    pub(super) fn read(
        path: &str,
        value: &'a Value,
        known: &[&str],
        faults: &mut Vec<ScheduleFault>,
    ) -> Option<Self> {
        let Value::Object(map) = value else {
            report(faults, path, "not a table".to_owned());
            return None;
        };
        let table = Self {
            path: path.to_owned(),
            map,
        };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let hint = nearest(key, known.iter().copied())
                .unwrap_or_else(|| format!("keys: {}", known.join(", ")));
            report(faults, &table.key_path(key), format!("unknown key; {hint}"));
        }
        Some(table)
    }

    /// Returns the value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key)
    }

    /// Returns the path of a key.
    pub(super) fn key_path(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Returns the string of a key; `None` if the key is missing. Reports another type.
    pub(super) fn string(&self, key: &str, faults: &mut Vec<ScheduleFault>) -> Option<&'a str> {
        let value = self.get(key)?;
        if value.as_str().is_none() {
            report(faults, &self.key_path(key), "not a string".to_owned());
        }
        value.as_str()
    }

    /// Returns the items of a key with their paths. A single value counts as a list of one item.
    pub(super) fn items(&self, key: &str) -> Vec<(String, &'a Value)> {
        let path = self.key_path(key);
        match self.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("{path}[{index}]"), item))
                .collect(),
            Some(item) => vec![(path, item)],
        }
    }

    /// Parses the strings of a list. Reports invalid items.
    pub(super) fn parse_items<T: FromStr<Err: fmt::Display>>(
        &self,
        key: &str,
        faults: &mut Vec<ScheduleFault>,
    ) -> Vec<T> {
        let mut parsed = Vec::new();
        for (path, item) in self.items(key) {
            match item.as_str() {
                Some(string) => parsed.extend(parse(&path, string, faults)),
                None => report(faults, &path, "not a string".to_owned()),
            }
        }
        parsed
    }

    /// Parses a duration such as `15m`. Reports an invalid, negative or too long one.
    pub(super) fn duration(
        &self,
        key: &str,
        default: SignedDuration,
        longest: SignedDuration,
        faults: &mut Vec<ScheduleFault>,
    ) -> SignedDuration {
        let Some(string) = self.string(key, faults) else {
            return default;
        };
        let path = self.key_path(key);
        match string.parse::<SignedDuration>() {
            Ok(duration) if duration.is_negative() => {
                report(faults, &path, format!("`{string}` is negative"));
                default
            }
            Ok(duration) if duration > longest => {
                report(
                    faults,
                    &path,
                    format!("`{string}` is longer than {longest:#}"),
                );
                default
            }
            Ok(duration) => duration,
            Err(_) => {
                let message = format!("`{string}` is not a duration: write `15m` or `1h30m`");
                report(faults, &path, message);
                default
            }
        }
    }
}

/// Adds a fault.
pub(super) fn report(faults: &mut Vec<ScheduleFault>, path: &str, message: String) {
    faults.push(ScheduleFault {
        path: path.to_owned(),
        message,
    });
}

fn parse<T: FromStr<Err: fmt::Display>>(
    path: &str,
    string: &str,
    faults: &mut Vec<ScheduleFault>,
) -> Option<T> {
    match string.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            report(faults, path, error.to_string());
            None
        }
    }
}
