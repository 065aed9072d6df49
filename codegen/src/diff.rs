//! What a newer document adds, removes and changes, for the change log.
//!
//! Compared is what users of the SDK see: operations, their parameters, and the fields and values of
//! what they send and receive, each named once however many operations reach it. Older versions,
//! bounds, patterns and defaults do not reach users and are not compared.

mod change;
mod operations;
mod schemas;
mod table;
mod words;

use std::collections::BTreeSet;

pub use self::change::{Change, Kind, Subject};
use crate::{document::Document, error::Result, passes};

/// The changes from one document to another, in a fixed order. Prints as a Markdown table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The changes, operations first.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Whether something is gone that users of the older document may rely on. What has a new name
    /// is gone under its old one.
    pub fn removes(&self) -> bool {
        self.changes
            .iter()
            .any(|change| matches!(change.kind, Kind::Removed | Kind::Renamed))
    }
}

/// Compares two documents that were imported.
///
/// # Errors
///
/// Fails if a reference in a document leads nowhere, or an operation lacks what every one has.
pub fn diff(mut old: Document, mut new: Document) -> Result<Difference> {
    let tables = (
        crate::operations::table(&old)?,
        crate::operations::table(&new)?,
    );
    for document in [&mut old, &mut new] {
        passes::give_one_shape(document)?;
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
