//! Our own words for operations, schemas and fields: `openapi/descriptions.toml`.

mod fields;
mod operations;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    document::Document,
    error::{Error, Result},
    operations::Row,
    rate_limits::RateLimits,
};

const FILE: &str = "descriptions.toml";

/// What operations, schemas and fields are, in our words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Descriptions {
    /// What an operation does, by its id.
    #[serde(default)]
    pub operations: BTreeMap<String, String>,
    /// What a schema stands for, by its name.
    #[serde(default)]
    pub schemas: BTreeMap<String, String>,
    /// What a field of this name means in every schema that has one, unless `fields` says otherwise.
    #[serde(default)]
    pub everywhere: BTreeMap<String, String>,
    /// What a field means, by its schema's and its own name. Objects inside a schema are named by the
    /// way to them: `Schema.field`, which steps into the items of a list.
    #[serde(default)]
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
}

impl Descriptions {
    /// Reads the descriptions from TOML text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not TOML or holds keys that mean nothing here.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|source| Error::Toml {
            file: FILE,
            source: Box::new(source),
        })
    }
}

/// Writes our words into the document, from where they become doc comments.
///
/// # Errors
///
/// Fails if the descriptions or limits name what the document does not hold.
pub(crate) fn describe(
    document: &mut Document,
    descriptions: &Descriptions,
    limits: &RateLimits,
    table: &[Row],
) -> Result<()> {
    limits.check(|id| table.iter().any(|row| row.id == id))?;
    operations::describe(document, descriptions, limits, table)?;
    fields::describe(document.schemas_mut()?, descriptions)
}

fn unknown_name(name: &str) -> Error {
    Error::Unknown {
        file: FILE,
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod tests;
