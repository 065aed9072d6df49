//! The result of a search.

use std::ops::{Deref, DerefMut};

use serde::Serialize;

use crate::pythonic::workflows::inventory::Failure;

/// The result of a search in all projects, with the lists that failed.
///
/// Dereferences to the result.
#[derive(Debug, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[must_use]
pub struct Found<T> {
    value: T,
    #[serde(skip)]
    failures: Vec<Failure>,
}

impl<T> Found<T> {
    pub(crate) fn new(value: T, failures: Vec<Failure>) -> Self {
        Self { value, failures }
    }

    /// Returns the lists that failed; empty if all projects were searched.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Returns the result.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Converts the result with `convert`.
    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Found<U> {
        Found::new(convert(self.value), self.failures)
    }
}

impl<T> Deref for Found<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Found<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> IntoIterator for Found<Vec<T>> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}
