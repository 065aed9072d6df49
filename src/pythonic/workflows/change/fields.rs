//! The fields that an update operation accepts and returns.

use std::fmt;

use crate::operations::Operation;

/// The fields of an update operation.
pub(super) struct Fields {
    pub(super) operation: &'static str,
    /// `true` if the request replaces the whole document.
    pub(super) replaces: bool,
    request: &'static [&'static str],
    response: &'static [&'static str],
    server_owned: &'static [&'static str],
}

impl Fields {
    pub(super) fn new(operation: &Operation) -> Self {
        Self {
            operation: operation.id,
            replaces: operation.method == "PUT",
            request: operation.request_fields,
            response: operation.response_fields,
            server_owned: operation.server_owned,
        }
    }

    /// Returns `true` if a request can contain the field.
    pub(super) fn is_writable(&self, path: &Path) -> bool {
        path.is_in(self.request) && !self.is_server_owned(path)
    }

    /// Returns `true` if only Atlas sets the field.
    pub(super) fn is_server_owned(&self, path: &Path) -> bool {
        let is_response_only = path.is_in(self.response) && !path.is_in(self.request);
        path.is_in(self.server_owned) || is_response_only
    }

    /// Returns `true` if the request or the response declares the field.
    pub(super) fn is_known(&self, path: &Path) -> bool {
        path.is_in(self.request) || path.is_in(self.response)
    }
}

/// The names that lead to a field, from the outermost.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(Vec<String>);

impl Path {
    pub(super) fn join(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.0.push(name.to_owned());
        path
    }

    /// Returns the path of the items of this list.
    pub(super) fn item(&self) -> Self {
        self.join("*")
    }

    /// Returns `true` if a path of the list matches; `*` in it matches any name.
    fn is_in(&self, paths: &[&str]) -> bool {
        let matches = |path: &&str| {
            let mut names = self.0.iter();
            path.split('.').all(|known| {
                names
                    .next()
                    .is_some_and(|name| known == "*" || name == known)
            }) && names.next().is_none()
        };
        paths.iter().any(matches)
    }
}

impl fmt::Display for Path {
    /// Writes the names, joined by dots.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}
