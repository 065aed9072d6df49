//! The types of bodies and parameters.

mod field;
mod variant;

pub use field::Field;
pub use variant::Variant;

use super::packed::{Node, Reader, Tag};

/// The type of a request body, a response body, a field or a parameter.
///
/// A schema is a cheap index: each method decodes one record of the packed table. Schemas can be recursive, so limit
/// the depth of a traversal.
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

/// The kind of a [`Schema`], with its inner schema.
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
    /// A string. [`Schema::format`] identifies dates and times, [`Schema::enum_values`] enums.
    String,
    /// An integer.
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

    /// Returns the values of an enum, in the document's order. Empty for other schemas. Atlas can add
    /// values at any time.
    pub fn enum_values(self) -> impl ExactSizeIterator<Item = &'static str> + Clone {
        self.node().values.texts()
    }

    /// Returns the smallest number that Atlas accepts, if the document declares it.
    pub fn minimum(self) -> Option<f64> {
        self.node().minimum?.parse().ok()
    }

    /// Returns the largest number that Atlas accepts, if the document declares it.
    pub fn maximum(self) -> Option<f64> {
        self.node().maximum?.parse().ok()
    }

    /// Returns Atlas's default for a field that the request does not contain. The SDK does not send it.
    pub fn default_value(self) -> Option<&'static str> {
        self.node().default
    }

    /// Returns the fields of an object and of all its variants. Empty for other kinds.
    ///
    /// If variants declare a field differently, its schema accepts the values of all of them;
    /// [`Variant::schema`] has the exact type.
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

    /// Returns the variants of an object. Empty for an object without variants.
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

/// Returns the values of an enum or of an array of enums.
pub(super) fn values(schema: Schema) -> impl ExactSizeIterator<Item = &'static str> + Clone {
    match schema.kind() {
        FieldKind::Array(items) => items.enum_values(),
        _ => schema.enum_values(),
    }
}
