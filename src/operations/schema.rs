//! The types of bodies and parameters: schemas, their fields and their variants.

use std::fmt;

use super::packed::{self, List, Node, Reader, Tag, flags};

/// The type of a request body, a response body, a field or a parameter.
///
/// A handle: copying it is free, and each method reads only the record that it needs. Schemas can be
/// recursive, so code that walks them has to limit its depth.
///
/// ```
/// use mongodbatlas::operation;
///
/// let cluster = operation::CREATE_GROUP_CLUSTER.request_body().expect("a body");
/// let priority = cluster.field("replicationSpecs.*.regionConfigs.*.priority").expect("a field");
/// assert_eq!(priority.schema().maximum(), Some(7.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Schema(pub(super) u32);

/// The kind of a [`Schema`], with the schemas inside it.
///
/// ```
/// use mongodbatlas::operation;
/// use mongodbatlas::operations::FieldKind;
///
/// let cluster = operation::CREATE_GROUP_CLUSTER.request_body().expect("a body");
/// let specs = cluster.field("replicationSpecs").expect("a field");
/// let FieldKind::Array(item) = specs.kind() else { panic!("an array") };
/// assert_eq!(item.name(), Some("ReplicationSpec20240805"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldKind {
    /// A string; [`Schema::format`] tells dates and times apart, [`Schema::enum_values`] enums.
    String,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An object with known fields.
    Object(Schema),
    /// An array with items of this schema.
    Array(Schema),
    /// An object with any keys, and values of this schema.
    Map(Schema),
    /// Any JSON value.
    Any,
}

impl Schema {
    fn node(self) -> Node {
        Node::read(self.0)
    }

    /// Returns the kind.
    pub fn kind(self) -> FieldKind {
        let node = self.node();
        match node.tag {
            Tag::Any => FieldKind::Any,
            Tag::String => FieldKind::String,
            Tag::Integer => FieldKind::Integer,
            Tag::Number => FieldKind::Number,
            Tag::Boolean => FieldKind::Boolean,
            Tag::Array => FieldKind::Array(Self(node.inner())),
            Tag::Map => FieldKind::Map(Self(node.inner())),
            Tag::Object => FieldKind::Object(self),
        }
    }

    /// Returns the name in the Atlas document, such as `ClusterDescription20240805`. Inline schemas have
    /// no name.
    pub fn name(self) -> Option<&'static str> {
        self.node().name
    }

    /// Returns the format, such as `date-time`, `int64`, `email` or `password`.
    pub fn format(self) -> Option<&'static str> {
        self.node().format
    }

    /// Returns the values of an enum, in the document's order; nothing for other schemas. Atlas can add
    /// values at any time.
    pub fn enum_values(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        self.node().values.texts()
    }

    /// Returns the smallest number that Atlas accepts, if the document names one.
    pub fn minimum(self) -> Option<f64> {
        self.node().minimum?.parse().ok()
    }

    /// Returns the largest number that Atlas accepts, if the document names one.
    pub fn maximum(self) -> Option<f64> {
        self.node().maximum?.parse().ok()
    }

    /// Returns the value that Atlas uses if a request does not have one. The SDK never sends it.
    pub fn default_value(self) -> Option<&'static str> {
        self.node().default
    }

    /// Returns the fields of an object and of all its variants; nothing for other kinds.
    ///
    /// A field that variants declare differently has a schema that takes the values of all of them.
    /// [`Variant::schema`] has the exact one.
    ///
    /// ```
    /// use mongodbatlas::operation;
    ///
    /// let user = operation::CREATE_GROUP_DATABASE_USER.request_body().expect("a body");
    /// let required: Vec<_> = user.fields().filter(|field| field.is_required()).collect();
    /// assert!(required.iter().any(|field| field.name() == "username"));
    /// ```
    pub fn fields(self) -> impl Iterator<Item = Field> {
        let mut entries = self.node().members().fields;
        std::iter::from_fn(move || {
            let packed = entries.next(Reader::field)?;
            Some(Field::new(self, packed))
        })
    }

    /// Returns the field at a path: names joined by dots, `*` for the items of an array and the values of
    /// a map.
    ///
    /// ```
    /// use mongodbatlas::operation;
    ///
    /// let entries = operation::CREATE_GROUP_ACCESS_LIST_ENTRY.request_body().expect("a body");
    /// assert!(entries.field("*.cidrBlock").is_some());
    /// assert!(entries.field("cidrBlock").is_none());
    /// ```
    pub fn field(self, path: &str) -> Option<Field> {
        let (name, rest) = match path.split_once('.') {
            Some((name, rest)) => (name, Some(rest)),
            None => (path, None),
        };
        if name == "*" {
            return self.items()?.field(rest?);
        }
        let field = self.fields().find(|field| field.name() == name)?;
        match rest {
            None => Some(field),
            Some(rest) => field.schema().field(rest),
        }
    }

    /// Returns the schema of the items of an array or the values of a map.
    pub fn items(self) -> Option<Self> {
        match self.kind() {
            FieldKind::Array(items) | FieldKind::Map(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the name of the field whose value selects the variant, such as `providerName`.
    pub fn discriminator(self) -> Option<&'static str> {
        self.node().members().discriminator
    }

    /// Returns the variants of an object; nothing for an object that has only one form.
    ///
    /// ```
    /// use mongodbatlas::operation;
    ///
    /// let cluster = operation::CREATE_GROUP_CLUSTER.request_body().expect("a body");
    /// let regions = cluster.field("replicationSpecs.*.regionConfigs").expect("a field");
    /// let region = regions.schema().items().expect("an array");
    /// assert_eq!(region.discriminator(), Some("providerName"));
    /// assert_eq!(region.variants().count(), 4);
    /// ```
    pub fn variants(self) -> impl Iterator<Item = Variant> {
        let mut entries = self.node().members().variants;
        std::iter::from_fn(move || entries.next(Reader::variant).map(Variant::new))
    }

    /// Returns the variant that a value of the discriminator selects.
    pub fn variant(self, value: &str) -> Option<Variant> {
        let mut variants = self.variants();
        variants.find(|variant| variant.values().any(|known| known == value))
    }
}

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
    fn new(owner: Schema, packed: packed::Field) -> Self {
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

    /// Returns the values of an enum, or of an array of enums; nothing for other fields.
    pub fn enum_values(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        values(self.schema)
    }

    /// Returns whether a request must have the field. A field that only Atlas sets is never required.
    pub fn is_required(self) -> bool {
        self.has(flags::REQUIRED)
    }

    /// Returns whether only Atlas sets the field.
    pub fn is_read_only(self) -> bool {
        self.has(flags::READ_ONLY)
    }

    /// Returns whether the field is in requests only.
    pub fn is_write_only(self) -> bool {
        self.has(flags::WRITE_ONLY)
    }

    /// Returns whether the value is a secret; logs do not show it.
    pub fn is_secret(self) -> bool {
        self.has(flags::SECRET)
    }

    /// Returns whether the document advises against the field.
    pub fn is_deprecated(self) -> bool {
        self.has(flags::DEPRECATED)
    }

    /// Returns whether the value can be null.
    pub fn is_nullable(self) -> bool {
        self.has(flags::NULLABLE)
    }

    fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Returns the variants of the object that have the field; nothing if every variant has it.
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

/// Returns the values of an enum, or of an array of enums.
pub(super) fn values(schema: Schema) -> impl ExactSizeIterator<Item = &'static str> + Clone {
    match schema.kind() {
        FieldKind::Array(items) => items.enum_values(),
        _ => schema.enum_values(),
    }
}

/// One alternative of an object, such as the region configuration of one cloud provider.
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
    fn new(packed: packed::Variant) -> Self {
        Self {
            values: packed.values,
            schema: Schema(packed.node),
        }
    }

    /// Returns the values of the discriminator that select the variant; nothing if the document does not
    /// tell the variants apart by a field.
    pub fn values(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        self.values.texts()
    }

    /// Returns the name of the schema.
    pub fn name(self) -> Option<&'static str> {
        self.schema.name()
    }

    /// Returns the schema, with the fields that all variants have and those of this one.
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
