//! Names of generated types: `openapi/names.toml`.
//!
//! A type has the name of its schema without its date. The file renames single schemas, and names the
//! enums that several fields share, so that an update of the document does not rename them.

mod enums;
mod schemas;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    document::Document,
    error::{Error, Result},
    names,
};

const FILE_NAME: &str = "names.toml";

/// Names that replace those of the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct TypeNames {
    /// New names of schemas, by the name in the document without its date.
    pub types: BTreeMap<String, NewName>,
    /// Fields of each enum, by the name of the enum.
    ///
    /// A field is written as `Schema.field`, a parameter as `operationId.parameter`. Schemas have their
    /// new names. The path steps into nested objects and the items of arrays.
    pub enums: BTreeMap<String, Vec<String>>,
}

/// The new name of a schema.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NewName {
    /// New name.
    pub name: String,
    /// Reason for the new name.
    pub reason: String,
}

impl TypeNames {
    /// Parses the names from TOML text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not TOML, has unknown keys, or a name is not spelled as a Rust type.
    pub fn parse(text: &str) -> Result<Self> {
        let parsed: Self = toml::from_str(text).map_err(|source| Error::Toml {
            file: FILE_NAME,
            source: Box::new(source),
        })?;
        let new_names = parsed.types.values().map(|new| &new.name);
        for name in new_names.chain(parsed.enums.keys()) {
            if names::type_name(name) != *name {
                return Err(Error::TypeName(name.clone()));
            }
        }
        Ok(parsed)
    }

    /// Removes dates from the names of schemas and renames the listed schemas. Runs before the passes.
    ///
    /// # Errors
    ///
    /// Fails if two schemas would have the same name, or the schema of an entry does not exist.
    pub(crate) fn rename_schemas(&self, document: &mut Document) -> Result<()> {
        schemas::rename(document, &self.types)
    }

    /// Names the listed enums. Runs after the passes, which make each enum a schema.
    ///
    /// # Errors
    ///
    /// Fails if the field of an entry is not an enum, two entries name the same enum, a name is taken, or
    /// a shared enum has no name.
    pub(crate) fn name_enums(&self, document: &mut Document) -> Result<()> {
        enums::name(document, &self.enums)
    }
}

/// Returns the error for an entry without a match in the document.
fn unknown_name_error(name: &str) -> Error {
    Error::Unknown {
        file: FILE_NAME,
        name: name.to_owned(),
    }
}
