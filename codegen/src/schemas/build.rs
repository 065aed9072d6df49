//! Builds the types from the schemas of a document.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    family::{Declaration, Family, Key, Kind, address, text},
    node::{Field, Flags, Node, NodeId, Object, Shape, Variant},
};
use crate::{document::Document, error::Result, secrets};

/// How many levels of variants inside variants are read.
const DEPTH: usize = 4;

/// The types that were built so far.
pub(super) struct Builder<'a> {
    document: &'a Document,
    family: Family<'a>,
    nodes: Vec<Node>,
    /// The objects, by the schemas that they stand for.
    objects: HashMap<Vec<Key>, NodeId>,
    /// All other types.
    others: HashMap<Node, NodeId>,
}

/// A field of an object with all its declarations.
struct Found<'a> {
    name: &'a str,
    declarations: Vec<&'a Value>,
    is_required: bool,
    variants: Vec<u32>,
}

/// A variant with its fields.
struct Alternative<'a> {
    values: Vec<String>,
    declaration: Declaration<'a>,
    fields: Vec<Found<'a>>,
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

    /// Returns the number of the type that takes the values of all these schemas.
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

    /// Builds a type that is no object.
    fn single(&mut self, schema: &'a Value) -> Node {
        let name = self.family.declaration(schema).name.map(str::to_owned);
        let kind = self.family.kind(schema);
        let resolved = self.family.resolve(schema);
        let fact = |key: &str| resolved.get(key).filter(|fact| !fact.is_object()).map(text);
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

    /// Returns the type of items or values; any value where the schema has none.
    fn inner(&mut self, schema: Option<&'a Value>) -> NodeId {
        match schema {
            Some(schema) => self.node(schema),
            None => self.intern(Node::default()),
        }
    }

    /// Builds the type of a field that variants declare differently and not as objects.
    fn united(&mut self, schemas: &[&'a Value]) -> Node {
        let family = self.family;
        let kinds: Vec<_> = schemas.iter().map(|schema| family.kind(schema)).collect();
        let inner = |of: fn(&Kind<'a>) -> Option<&'a Value>| -> Option<Vec<&'a Value>> {
            kinds.iter().map(of).collect()
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
        nodes.fold(first, scalar)
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
        // A schema inside the object can refer to the object.
        self.nodes.push(Node::default());
        let is_single = keys.len() == 1;
        self.objects.insert(keys, id);
        let name = declarations[0].name.filter(|_| is_single);
        let object = if is_single {
            self.single_object(&declarations[0])
        } else {
            let alternatives = declarations.into_iter().map(|declaration| Alternative {
                values: Vec::new(),
                fields: self.fields(&declaration, DEPTH),
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
        let alternatives = self.alternatives(declaration, DEPTH);
        let fields = merge(own_fields(declaration), &alternatives);
        let named = declaration.alternatives;
        let named = named.and_then(|schema| schema.pointer("/discriminator/propertyName"));
        let discriminator = match named {
            Some(name) => name.as_str().map(|name| (name.to_owned(), None)),
            None => self.inferred_discriminator(&alternatives),
        };
        let (discriminator, inferred) = discriminator.unzip();
        let mut inferred = inferred.flatten().unwrap_or_default().into_iter();
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
        fields: Vec<Found<'a>>,
        discriminator: Option<String>,
        variants: Vec<Variant>,
    ) -> Object {
        let all = variants.len();
        let fields = fields.into_iter().map(|found| {
            let is_everywhere = found.variants.len() == all || variants.is_empty();
            Field {
                name: found.name.to_owned(),
                flags: self.flags(&found),
                node: self.union(&found.declarations),
                variants: if is_everywhere {
                    Vec::new()
                } else {
                    found.variants
                },
            }
        });
        Object {
            fields: fields.collect(),
            discriminator,
            variants,
        }
    }

    fn flags(&self, found: &Found<'a>) -> Flags {
        let all = |key: &str| {
            let mut declarations = found.declarations.iter();
            declarations.all(|declaration| declaration[key] == true)
        };
        let mut declarations = found.declarations.iter();
        let is_secret = declarations
            .any(|declaration| secrets::is_secret(self.document, found.name, declaration));
        let is_nullable = found.declarations.iter().any(|declaration| {
            let target = self.family.resolve(declaration);
            declaration["nullable"] == true || target["nullable"] == true
        });
        let mut flags = Flags::default();
        // No request can meet the requirement of a field that only Atlas sets.
        flags.set(Flags::REQUIRED, found.is_required && !all("readOnly"));
        flags.set(Flags::READ_ONLY, all("readOnly"));
        flags.set(Flags::WRITE_ONLY, all("writeOnly"));
        flags.set(Flags::DEPRECATED, all("deprecated"));
        flags.set(Flags::SECRET, is_secret);
        flags.set(Flags::NULLABLE, is_nullable);
        flags
    }

    /// Returns the variants of an object with the fields of each.
    fn alternatives(&self, declaration: &Declaration<'a>, depth: usize) -> Vec<Alternative<'a>> {
        let Some(schema) = declaration.alternatives.filter(|_| depth > 0) else {
            return Vec::new();
        };
        let alternatives = self.family.alternatives(schema).into_iter();
        let alternatives = alternatives.map(|(values, target)| {
            let mut alternative = self.family.declaration(target);
            alternative.name = alternative.name.or(self.family.name_of(target));
            let is_cycle = alternative
                .alternatives
                .is_some_and(|inner| address(inner) == address(schema));
            if is_cycle {
                alternative.alternatives = None;
            }
            let mut parts = declaration.parts.clone();
            parts.retain(|part| {
                !alternative
                    .parts
                    .iter()
                    .any(|own| address(own) == address(part))
            });
            parts.append(&mut alternative.parts);
            alternative.parts = parts;
            Alternative {
                values,
                fields: self.fields(&alternative, depth - 1),
                declaration: alternative,
            }
        });
        alternatives.collect()
    }

    /// Returns the fields of an object and of all its variants.
    fn fields(&self, declaration: &Declaration<'a>, depth: usize) -> Vec<Found<'a>> {
        let alternatives = self.alternatives(declaration, depth);
        merge(own_fields(declaration), &alternatives)
    }

    /// Returns the field whose values differ between all variants, with the values of each variant.
    fn inferred_discriminator(
        &self,
        alternatives: &[Alternative<'a>],
    ) -> Option<(String, Option<Vec<Vec<String>>>)> {
        let (first, _) = alternatives
            .split_first()
            .filter(|(_, rest)| !rest.is_empty())?;
        let candidates = first.fields.iter().filter_map(|candidate| {
            let values = alternatives
                .iter()
                .map(|alternative| self.values_of(alternative, candidate.name));
            let values: Vec<Vec<String>> = values.collect::<Option<_>>()?;
            let mut seen = HashSet::new();
            let mut all = values.iter().flatten();
            let is_disjoint = all.all(|value| seen.insert(value));
            is_disjoint.then(|| (seen.len(), candidate.name, values.clone()))
        });
        let (_, name, values) = candidates.min_by_key(|(count, name, _)| (*count, *name))?;
        Some((name.to_owned(), Some(values)))
    }

    /// Returns the enum values of a variant's field.
    fn values_of(&self, alternative: &Alternative<'a>, field: &str) -> Option<Vec<String>> {
        let field = alternative
            .fields
            .iter()
            .find(|found| found.name == field)?;
        let mut values = Vec::new();
        for declaration in &field.declarations {
            if !matches!(self.family.kind(declaration), Kind::Text) {
                return None;
            }
            values.extend(self.family.values(declaration)?);
        }
        (!values.is_empty()).then_some(values)
    }
}

/// Returns the fields that the parts of an object declare.
fn own_fields<'a>(declaration: &Declaration<'a>) -> Vec<Found<'a>> {
    let mut fields: Vec<Found<'a>> = Vec::new();
    let mut required = HashSet::new();
    for part in &declaration.parts {
        let names = part["required"].as_array().into_iter().flatten();
        required.extend(names.filter_map(Value::as_str));
        for (name, property) in part["properties"].as_object().into_iter().flatten() {
            if let Some(found) = fields.iter_mut().find(|found| found.name == name) {
                found.declarations = vec![property];
                continue;
            }
            fields.push(Found {
                name,
                declarations: vec![property],
                is_required: false,
                variants: Vec::new(),
            });
        }
    }
    for found in &mut fields {
        found.is_required = required.contains(found.name);
    }
    fields
}

/// Adds the fields of the variants to those of the object. A field is required if the object or all
/// variants require it.
fn merge<'a>(mut fields: Vec<Found<'a>>, alternatives: &[Alternative<'a>]) -> Vec<Found<'a>> {
    for (index, alternative) in (0u32..).zip(alternatives) {
        for of_variant in &alternative.fields {
            if !fields.iter().any(|found| found.name == of_variant.name) {
                fields.push(Found {
                    name: of_variant.name,
                    declarations: Vec::new(),
                    is_required: false,
                    variants: Vec::new(),
                });
            }
            let known = fields
                .iter_mut()
                .find(|found| found.name == of_variant.name);
            if let Some(found) = known {
                found.variants.push(index);
                found.declarations.extend(&of_variant.declarations);
            }
        }
    }
    for found in &mut fields {
        found.declarations = distinct(std::mem::take(&mut found.declarations));
        let mut variants = alternatives.iter().map(|alternative| &alternative.fields);
        let required =
            |of_variant: &Found<'_>| of_variant.name == found.name && of_variant.is_required;
        found.is_required |=
            !alternatives.is_empty() && variants.all(|all| all.iter().any(required));
    }
    fields
}

/// Unites two types that are no objects.
fn scalar(a: Node, b: Node) -> Node {
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

/// Returns each declaration once, in order.
fn distinct(schemas: Vec<&Value>) -> Vec<&Value> {
    let mut seen = HashSet::new();
    let first = schemas
        .into_iter()
        .filter(|schema| seen.insert(schema.to_string()));
    first.collect()
}

fn next_id(nodes: &[Node]) -> NodeId {
    NodeId::try_from(nodes.len()).unwrap_or(NodeId::MAX)
}
