//! Stores the values of a command line.

use std::collections::BTreeMap;

/// The texts of arguments and flags, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    texts: BTreeMap<&'static str, Vec<String>>,
    /// The names of secrets that come from files.
    pub(crate) from_files: Vec<&'static str>,
}

impl Values {
    /// Returns the last value of an argument or flag.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name)?.last().map(String::as_str)
    }

    /// Returns all values of an argument or flag.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        self.texts.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns `true` if a switch is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| value != "false")
    }

    /// Returns `true` if an argument or flag has a value.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// Returns `true` if a secret comes from a file.
    pub(crate) fn is_from_file(&self, name: &str) -> bool {
        self.from_files.contains(&name)
    }

    /// Replaces the values of an argument or flag.
    pub(crate) fn set(&mut self, name: &'static str, values: Vec<String>) {
        self.texts.insert(name, values);
    }

    /// Adds a value to an argument or flag.
    pub(crate) fn push(&mut self, name: &'static str, value: String) {
        self.texts.entry(name).or_default().push(value);
    }
}
