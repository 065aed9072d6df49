//! Fields of objects.

use std::fmt;

use super::{FieldKind, Schema, Variant, values};
use crate::operations::packed::{self, List, flags};

/// A field of an object in a request or response body.
///
/// ```
/// use mongodbatlas::operation;
///
/// let user = operation::CREATE_GROUP_DATABASE_USER.request_body().expect("a body");
/// let password = user.field("password").expect("a field");
/// assert!(password.is_secret() && password.is_write_only() && !password.is_required());
/// ```
#[derive(Clone, Copy)]
pub struct Field {
    owner: Schema,
    name: &'static str,
    flags: u8,
    variants: List,
    schema: Schema,
}

impl Field {
    pub(super) fn new(owner: Schema, packed: packed::Field) -> Self {
        Self {
            owner,
            name: packed.name,
            flags: packed.flags,
            variants: packed.variants,
            schema: Schema(packed.node),
        }
    }

    /// Returns the name in JSON.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Returns the schema of the value.
    pub fn schema(self) -> Schema {
        self.schema
    }

    /// Returns the kind of the value.
    pub fn kind(self) -> FieldKind {
        self.schema.kind()
    }

    /// Returns the format of the value, such as `date-time`.
    pub fn format(self) -> Option<&'static str> {
        self.schema.format()
    }

    /// Returns the values of an enum or of an array of enums. Empty for other fields.
    pub fn enum_values(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        values(self.schema)
    }

    /// Returns `true` if a request must contain the field. A field that only Atlas sets is never required.
    pub fn is_required(self) -> bool {
        self.has(flags::REQUIRED)
    }

    /// Returns `true` if only Atlas sets the field.
    pub fn is_read_only(self) -> bool {
        self.has(flags::READ_ONLY)
    }

    /// Returns `true` if the field occurs only in requests.
    pub fn is_write_only(self) -> bool {
        self.has(flags::WRITE_ONLY)
    }

    /// Returns `true` if the value is a secret. Logs redact it.
    pub fn is_secret(self) -> bool {
        self.has(flags::SECRET)
    }

    /// Returns `true` if the field is deprecated.
    pub fn is_deprecated(self) -> bool {
        self.has(flags::DEPRECATED)
    }

    /// Returns `true` if the value can be null.
    pub fn is_nullable(self) -> bool {
        self.has(flags::NULLABLE)
    }

    fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Returns the variants that have the field. Empty if all variants have it.
    ///
    /// ```
    /// use mongodbatlas::operation;
    ///
    /// let config = operation::CREATE_GROUP_ALERT_CONFIG.request_body().expect("a body");
    /// let channel = config.field("notifications.*.channelName").expect("a field");
    /// let slack = channel.variants().next().expect("a variant");
    /// assert_eq!(slack.values().collect::<Vec<_>>(), ["SLACK"]);
    /// ```
    pub fn variants(self) -> impl Iterator<Item = Variant> {
        self.variants.numbers().filter_map(move |index| {
            let index = usize::try_from(index).ok()?;
            self.owner.variants().nth(index)
        })
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        (self.owner, self.name) == (other.owner, other.name)
    }
}

impl Eq for Field {}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name)
            .field("kind", &self.kind())
            .field("required", &self.is_required())
            .finish_non_exhaustive()
    }
}
