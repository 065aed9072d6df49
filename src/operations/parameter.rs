//! Parameters of operations.

use super::{FieldKind, Schema, schema};

/// A parameter of an operation.
///
/// ```
/// use mongodbatlas::operation;
///
/// let mut parameters = operation::LIST_GROUP_CLUSTERS.parameters.iter();
/// let page = parameters.find(|parameter| parameter.name == "itemsPerPage").expect("a parameter");
/// assert_eq!(page.schema().default_value(), Some("100"));
/// assert_eq!(page.schema().maximum(), Some(500.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// The part of the request that contains it.
    pub location: Location,
    /// `true` if Atlas rejects a request without it.
    pub required: bool,
    pub(super) schema: Schema,
}

impl Parameter {
    /// Returns the schema of the value, with its limits and default.
    pub fn schema(&self) -> Schema {
        self.schema
    }

    /// Returns the kind of the value.
    pub fn kind(&self) -> FieldKind {
        self.schema.kind()
    }

    /// Returns `true` if the parameter can be repeated.
    pub fn is_array(&self) -> bool {
        matches!(self.kind(), FieldKind::Array(_))
    }

    /// Returns the values of an enum or of an array of enums. Empty for other parameters.
    pub fn enum_values(&self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        schema::values(self.schema)
    }
}

/// The part of a request that contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path.
    Path,
    /// A key of the query string.
    Query,
    /// A request header.
    Header,
}
