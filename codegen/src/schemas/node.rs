//! Packed types. They reference each other by number, since schemas can be recursive.

use std::collections::HashSet;

/// Number of a type.
pub(crate) type NodeId = u32;

/// A type with its accepted values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Node {
    pub(crate) shape: Shape,
    /// Name of the schema. `None` for inline schemas.
    pub(crate) name: Option<String>,
    pub(crate) format: Option<String>,
    /// Values of an enum.
    pub(crate) values: Vec<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) default: Option<String>,
}

/// The kind of a type, with its nested types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    #[default]
    Any,
    String,
    Integer,
    Number,
    Boolean,
    Array(NodeId),
    Map(NodeId),
    Object(Object),
}

/// The fields of an object, and its variants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Object {
    /// Fields of the object and of all its variants.
    pub(crate) fields: Vec<Field>,
    /// Name of the field whose value selects the variant.
    pub(crate) discriminator: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) node: NodeId,
    pub(crate) flags: Flags,
    /// Indices of the variants that have the field. Empty if all have it.
    pub(crate) variants: Vec<u32>,
}

/// Properties of a field as a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Flags(pub(crate) u8);

impl Flags {
    pub(crate) const REQUIRED: u8 = 1;
    pub(crate) const READ_ONLY: u8 = 1 << 1;
    pub(crate) const WRITE_ONLY: u8 = 1 << 2;
    pub(crate) const SECRET: u8 = 1 << 3;
    pub(crate) const DEPRECATED: u8 = 1 << 4;
    pub(crate) const NULLABLE: u8 = 1 << 5;

    /// Sets the bit if the condition is `true`.
    pub(crate) fn set(&mut self, bit: u8, condition: bool) {
        self.0 |= if condition { bit } else { 0 };
    }
}

/// A variant of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Variant {
    /// Values of the discriminator that select the variant.
    pub(crate) values: Vec<String>,
    pub(crate) node: NodeId,
}

/// Unites two types that are not objects.
pub(super) fn unite(a: Node, b: Node) -> Node {
    let shape = match (&a.shape, &b.shape) {
        (a, b) if a == b => a.clone(),
        (Shape::Integer, Shape::Number) | (Shape::Number, Shape::Integer) => Shape::Number,
        _ => return Node::default(),
    };
    let mut values = Vec::new();
    if !a.values.is_empty() && !b.values.is_empty() {
        values = a.values;
        values.extend(b.values);
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
    }
    let shared = |a: Option<String>, b: Option<String>| a.filter(|a| b.as_ref() == Some(a));
    Node {
        shape,
        values,
        name: None,
        format: shared(a.format, b.format),
        minimum: shared(a.minimum, b.minimum),
        maximum: shared(a.maximum, b.maximum),
        default: shared(a.default, b.default),
    }
}
