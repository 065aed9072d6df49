//! Descriptions of operations, schemas and fields: `openapi/descriptions.toml`.

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

const FILE_NAME: &str = "descriptions.toml";

/// The descriptions of the SDK. Those of the upstream document must not be distributed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Descriptions {
    /// Descriptions of operations, by id.
    #[serde(default)]
    pub operations: BTreeMap<String, String>,
    /// Descriptions of schemas, by name.
    #[serde(default)]
    pub schemas: BTreeMap<String, String>,
    /// Descriptions of fields in all schemas, by field name. `fields` overrides them.
    #[serde(default)]
    pub everywhere: BTreeMap<String, String>,
    /// Descriptions of fields, by schema and field name. The path to an object inside a schema is
    /// `Schema.field`; it steps into the items of a list.
    #[serde(default)]
    pub fields: BTreeMap<String, BTreeMap<String, String>>,
}

impl Descriptions {
    /// Parses the descriptions from TOML text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not TOML or has unknown keys.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|source| Error::Toml {
            file: FILE_NAME,
            source: Box::new(source),
        })
    }
}

/// Writes the descriptions into the document. The generator turns them into doc comments.
///
/// # Errors
///
/// Fails if a description or a rate limit names something that the document does not contain.
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

fn unknown_name_error(name: &str) -> Error {
    Error::Unknown {
        file: FILE_NAME,
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod tests;
