//! Variants of objects.

use std::fmt;

use super::Schema;
use crate::operations::packed::{self, List};

/// A variant of an object, such as the region configuration of one cloud provider.
///
/// ```
/// use mongodbatlas::operation;
///
/// let cluster = operation::CREATE_GROUP_CLUSTER.request_body().expect("a body");
/// let regions = cluster.field("replicationSpecs.*.regionConfigs").expect("a field");
/// let region = regions.schema().items().expect("an array");
/// let tenant = region.variant("TENANT").expect("a variant");
/// assert!(tenant.schema().field("backingProviderName").is_some());
/// ```
#[derive(Clone, Copy)]
pub struct Variant {
    values: List,
    schema: Schema,
}

impl Variant {
    pub(super) fn new(packed: packed::Variant) -> Self {
        Self {
            values: packed.values,
            schema: Schema(packed.node),
        }
    }

    /// Returns the values of the discriminator that select the variant. Empty if the object has no
    /// discriminator.
    pub fn values(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        self.values.texts()
    }

    /// Returns the name of the schema.
    pub fn name(self) -> Option<&'static str> {
        self.schema.name()
    }

    /// Returns the schema, with the common fields and those of this variant.
    pub fn schema(self) -> Schema {
        self.schema
    }
}

impl PartialEq for Variant {
    fn eq(&self, other: &Self) -> bool {
        self.schema == other.schema
    }
}

impl Eq for Variant {}

impl fmt::Debug for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variant")
            .field("name", &self.name())
            .field("values", &self.values().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
