//! Compares two documents for the change log.
//!
//! The comparison covers the public API of the SDK: operations, their parameters, and the fields and
//! values of requests and responses. A change is listed once, even if several operations use the type.
//! Older versions, bounds, patterns and defaults are not part of the SDK and not compared.

mod change;
mod labels;
mod operations;
mod schemas;
mod table;

use std::collections::BTreeSet;

pub use self::change::{Change, Kind, Subject};
use crate::{document::Document, error::Result, passes};

/// The changes between two documents, in a fixed order. `Display` writes a Markdown table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The changes, operations first.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Returns `true` if a change is breaking: something was removed or renamed.
    pub fn has_removals(&self) -> bool {
        self.changes
            .iter()
            .any(|change| matches!(change.kind, Kind::Removed | Kind::Renamed))
    }
}

/// Compares two imported documents.
///
/// # Errors
///
/// Fails if a reference cannot be resolved, or an operation is incomplete.
pub fn diff(mut old: Document, mut new: Document) -> Result<Difference> {
    let tables = (
        crate::operations::table(&old)?,
        crate::operations::table(&new)?,
    );
    for document in [&mut old, &mut new] {
        passes::normalize_shapes(document)?;
    }
    let mut changes = BTreeSet::new();
    operations::compare(&tables.0, &tables.1, &mut changes);
    schemas::compare(&old, &new, &mut changes)?;
    Ok(Difference {
        changes: changes.into_iter().collect(),
    })
}

#[cfg(test)]
mod tests;
