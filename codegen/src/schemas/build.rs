//! Builds the types from the schemas of a document.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    family::{Declaration, Family, Key, Kind, value_to_string},
    fields::{Alternative, DeclaredField, MAX_DEPTH, distinct, merge, own_fields},
    node::{Field, Flags, Node, NodeId, Object, Shape, Variant, unite},
};
use crate::{document::Document, error::Result, secrets};

/// The types built so far.
pub(super) struct Builder<'a> {
    document: &'a Document,
    family: Family<'a>,
    nodes: Vec<Node>,
    /// Numbers of objects, by their schemas.
    objects: HashMap<Vec<Key>, NodeId>,
    /// Numbers of all other types.
    others: HashMap<Node, NodeId>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(document: &'a Document) -> Result<Self> {
        Ok(Self {
            document,
            family: Family(document.schemas()?),
            nodes: Vec::new(),
            objects: HashMap::new(),
            others: HashMap::new(),
        })
    }

    pub(super) fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }

    /// Returns the number of a schema's type.
    pub(super) fn node(&mut self, schema: &'a Value) -> NodeId {
        self.union(&[schema])
    }

    /// Returns the number of the type that accepts the values of all these schemas.
    fn union(&mut self, schemas: &[&'a Value]) -> NodeId {
        let family = self.family;
        let is_object = |schema: &&&'a Value| matches!(family.kind(schema), Kind::Object);
        let is_free = |schema: &&&'a Value| matches!(family.kind(schema), Kind::Map(None));
        let objects: Vec<_> = schemas.iter().filter(is_object).collect();
        // Objects without known fields add nothing to objects with known fields.
        let others = schemas.iter().filter(|schema| !is_object(schema));
        if !objects.is_empty() && others.into_iter().all(|schema| is_free(&schema)) {
            let declarations = objects.iter().map(|schema| family.declaration(schema));
            return self.object(declarations.collect());
        }
        let node = match *schemas {
            [schema] => self.single(schema),
            _ => self.united(schemas),
        };
        self.intern(node)
    }

    fn intern(&mut self, node: Node) -> NodeId {
        if let Some(known) = self.others.get(&node) {
            return *known;
        }
        let id = next_id(&self.nodes);
        self.nodes.push(node.clone());
        self.others.insert(node, id);
        id
    }

    /// Builds a type that is not an object.
    fn single(&mut self, schema: &'a Value) -> Node {
        let name = self.family.declaration(schema).name.map(str::to_owned);
        let kind = self.family.kind(schema);
        let resolved = self.family.resolve(schema);
        let fact = |key: &str| {
            resolved
                .get(key)
                .filter(|fact| !fact.is_object())
                .map(value_to_string)
        };
        let minimum = fact("minimum").filter(|_| resolved["exclusiveMinimum"] != true);
        Node {
            shape: self.shape(&kind),
            name,
            format: fact("format"),
            values: self.family.values(schema).unwrap_or_default(),
            minimum,
            maximum: fact("maximum"),
            default: fact("default").filter(|_| !resolved["default"].is_array()),
        }
    }

    fn shape(&mut self, kind: &Kind<'a>) -> Shape {
        match kind {
            Kind::Any | Kind::Object => Shape::Any,
            Kind::Text => Shape::String,
            Kind::Integer => Shape::Integer,
            Kind::Number => Shape::Number,
            Kind::Boolean => Shape::Boolean,
            Kind::Array(items) => Shape::Array(self.inner(*items)),
            Kind::Map(values) => Shape::Map(self.inner(*values)),
        }
    }

    /// Returns the type of items or map values. Without a schema, any value.
    fn inner(&mut self, schema: Option<&'a Value>) -> NodeId {
        match schema {
            Some(schema) => self.node(schema),
            None => self.intern(Node::default()),
        }
    }

    /// Builds the type of a field that variants declare differently and that is not an object.
    fn united(&mut self, schemas: &[&'a Value]) -> Node {
        let family = self.family;
        let kinds: Vec<_> = schemas.iter().map(|schema| family.kind(schema)).collect();
        let inner = |schema_of: fn(&Kind<'a>) -> Option<&'a Value>| -> Option<Vec<&'a Value>> {
            kinds.iter().map(schema_of).collect()
        };
        let items = inner(|kind| {
            if let Kind::Array(items) = kind {
                *items
            } else {
                None
            }
        });
        let values = inner(|kind| {
            if let Kind::Map(values) = kind {
                *values
            } else {
                None
            }
        });
        if let Some(items) = items {
            let shape = Shape::Array(self.union(&distinct(items)));
            return Node {
                shape,
                ..Node::default()
            };
        }
        if let Some(values) = values {
            let shape = Shape::Map(self.union(&distinct(values)));
            return Node {
                shape,
                ..Node::default()
            };
        }
        let mut nodes = schemas.iter().map(|schema| self.single(schema));
        let first = nodes.next().unwrap_or_default();
        nodes.fold(first, unite)
    }

    /// Returns the number of an object, or of the union of several.
    fn object(&mut self, declarations: Vec<Declaration<'a>>) -> NodeId {
        let mut keys: Vec<_> = declarations.iter().map(Declaration::key).collect();
        keys.sort();
        keys.dedup();
        if let Some(known) = self.objects.get(&keys) {
            return *known;
        }
        let id = next_id(&self.nodes);
        // Reserves the number, since a nested schema can reference the object.
        self.nodes.push(Node::default());
        let is_single = keys.len() == 1;
        self.objects.insert(keys, id);
        let name = declarations[0].name.filter(|_| is_single);
        let object = if is_single {
            self.single_object(&declarations[0])
        } else {
            let alternatives = declarations.into_iter().map(|declaration| Alternative {
                values: Vec::new(),
                fields: self.family.fields(&declaration, MAX_DEPTH),
                declaration,
            });
            let alternatives: Vec<_> = alternatives.collect();
            self.packed_object(merge(Vec::new(), &alternatives), None, Vec::new())
        };
        self.nodes[id as usize] = Node {
            shape: Shape::Object(object),
            name: name.map(str::to_owned),
            ..Node::default()
        };
        id
    }

    fn single_object(&mut self, declaration: &Declaration<'a>) -> Object {
        let alternatives = self.family.variants(declaration, MAX_DEPTH);
        let fields = merge(own_fields(declaration), &alternatives);
        let schema = declaration.alternatives;
        let property_name = schema.and_then(|schema| schema.pointer("/discriminator/propertyName"));
        let (discriminator, inferred) = match property_name.and_then(Value::as_str) {
            Some(name) => (Some(name.to_owned()), Vec::new()),
            None => self
                .family
                .inferred_discriminator(&alternatives)
                .map_or((None, Vec::new()), |(name, values)| (Some(name), values)),
        };
        let mut inferred = inferred.into_iter();
        let mut variants = Vec::new();
        for alternative in alternatives {
            variants.push(Variant {
                values: inferred.next().unwrap_or(alternative.values),
                node: self.object(vec![alternative.declaration]),
            });
        }
        self.packed_object(fields, discriminator, variants)
    }

    fn packed_object(
        &mut self,
        fields: Vec<DeclaredField<'a>>,
        discriminator: Option<String>,
        variants: Vec<Variant>,
    ) -> Object {
        let variant_count = variants.len();
        let fields = fields.into_iter().map(|field| {
            let is_in_all = field.variants.len() == variant_count || variants.is_empty();
            Field {
                name: field.name.to_owned(),
                flags: self.flags(&field),
                node: self.union(&field.declarations),
                variants: if is_in_all {
                    Vec::new()
                } else {
                    field.variants
                },
            }
        });
        Object {
            fields: fields.collect(),
            discriminator,
            variants,
        }
    }

    fn flags(&self, field: &DeclaredField<'a>) -> Flags {
        let all = |key: &str| {
            let mut declarations = field.declarations.iter();
            declarations.all(|declaration| declaration[key] == true)
        };
        let mut declarations = field.declarations.iter();
        let is_secret = declarations
            .any(|declaration| secrets::is_secret(self.document, field.name, declaration));
        let is_nullable = field.declarations.iter().any(|declaration| {
            let target = self.family.resolve(declaration);
            declaration["nullable"] == true || target["nullable"] == true
        });
        let mut flags = Flags::default();
        // Requests cannot set read-only fields.
        flags.set(Flags::REQUIRED, field.is_required && !all("readOnly"));
        flags.set(Flags::READ_ONLY, all("readOnly"));
        flags.set(Flags::WRITE_ONLY, all("writeOnly"));
        flags.set(Flags::DEPRECATED, all("deprecated"));
        flags.set(Flags::SECRET, is_secret);
        flags.set(Flags::NULLABLE, is_nullable);
        flags
    }
}

fn next_id(nodes: &[Node]) -> NodeId {
    NodeId::try_from(nodes.len()).unwrap_or(NodeId::MAX)
}
