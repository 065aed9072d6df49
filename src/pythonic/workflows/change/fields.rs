//! What is known of the fields of a request and of the document that is edited for it.

use crate::operations::Operation;

/// The fields of an operation that changes something.
pub(super) struct Fields {
    pub(super) operation: &'static str,
    /// Whether what is sent replaces the whole document.
    pub(super) replaces: bool,
    request: &'static [&'static str],
    answer: &'static [&'static str],
    server_owned: &'static [&'static str],
}

impl Fields {
    pub(super) fn of(operation: &Operation) -> Self {
        Self {
            operation: operation.id,
            replaces: operation.method == "PUT",
            request: operation.request_fields,
            answer: operation.answer_fields,
            server_owned: operation.server_owned,
        }
    }

    /// Whether the field can be sent.
    pub(super) fn is_sent(&self, path: &Path) -> bool {
        path.is_in(self.request) && !self.is_owned(path)
    }

    /// Whether only Atlas sets the field.
    pub(super) fn is_owned(&self, path: &Path) -> bool {
        let is_answered = path.is_in(self.answer) && !path.is_in(self.request);
        path.is_in(self.server_owned) || is_answered
    }

    /// Whether there is such a field in the document of the API.
    pub(super) fn is_known(&self, path: &Path) -> bool {
        path.is_in(self.request) || path.is_in(self.answer)
    }
}

/// The way to a field.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(Vec<String>);

impl Path {
    pub(super) fn with(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.0.push(name.to_owned());
        path
    }

    /// Any item of the list.
    pub(super) fn item(&self) -> Self {
        self.with("*")
    }

    /// How people write it.
    pub(super) fn shown(&self) -> String {
        self.0.join(".")
    }

    /// Whether the list has a path that leads here, `*` standing for any name.
    fn is_in(&self, paths: &[&str]) -> bool {
        let leads_here = |path: &&str| {
            let mut names = self.0.iter();
            path.split('.').all(|known| {
                names
                    .next()
                    .is_some_and(|name| known == "*" || name == known)
            }) && names.next().is_none()
        };
        paths.iter().any(leads_here)
    }
}
