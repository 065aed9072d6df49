//! The operations table and the generated types.

mod generated_types;
#[cfg(feature = "schemars")]
mod json_schema;
pub(crate) mod recordings;
mod table;
mod unexpected_documents;
