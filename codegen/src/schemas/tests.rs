use serde_json::json;

use super::{
    build::Builder,
    node::{Field, Flags, Node, Object, Shape},
};
use crate::{document::Document, passes::tests::with_schemas};

/// Types of the schema `Request`.
struct Types(Vec<Node>);

impl Types {
    fn build_type(document: &Document) -> Self {
        let mut builder = Builder::new(document).unwrap();
        let root = builder.node(&document.schemas().unwrap()["Request"]);
        assert_eq!(root, 0);
        Self(builder.into_nodes())
    }

    fn object(&self, id: u32) -> &Object {
        match &self.0[id as usize].shape {
            Shape::Object(object) => object,
            shape => panic!("{shape:?} is not an object"),
        }
    }

    fn field(&self, object: u32, name: &str) -> &Field {
        let mut fields = self.object(object).fields.iter();
        fields.find(|field| field.name == name).unwrap()
    }

    fn type_of(&self, object: u32, name: &str) -> &Node {
        &self.0[self.field(object, name).node as usize]
    }
}

fn reference(name: &str) -> serde_json::Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

#[test]
fn discriminator_keeps_the_fields_of_its_variants_apart() {
    let base = json!({
        "properties": {"kind": {"type": "string", "enum": ["A", "B"]}},
        "required": ["kind"],
        "discriminator": {"propertyName": "kind", "mapping": {
            "A": "#/components/schemas/A", "B": "#/components/schemas/B"}},
        "oneOf": [reference("A"), reference("B")]});
    let child = |field: &str| json!({"allOf": [reference("Request"), {"properties": {field: {"type": "integer"}}}]});
    let types = Types::build_type(&with_schemas(json!({
        "Request": base, "A": child("a"), "B": child("b"), "Response": {}})));

    let object = types.object(0);

    assert_eq!(object.discriminator.as_deref(), Some("kind"));
    assert_eq!(object.variants[1].values, ["B"]);
    assert_eq!(types.field(0, "b").variants, [1]);
    assert!(types.field(0, "kind").variants.is_empty());
    assert_eq!(types.field(0, "kind").flags.0, Flags::REQUIRED);
    let fields = types.object(object.variants[0].node).fields.iter();
    let names: Vec<_> = fields.map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["kind", "a"]);
}

#[test]
fn discriminator_is_inferred_from_disjoint_enums() {
    let variant = |value: &str| {
        json!({"properties": {
        "type": {"type": "string", "enum": [value]}, "size": {"type": "string", "enum": ["S"]}}})
    };
    let types = Types::build_type(&with_schemas(json!({
        "Request": {"oneOf": [variant("A"), variant("B")]}, "Response": {}})));

    let object = types.object(0);

    assert_eq!(object.discriminator.as_deref(), Some("type"));
    assert_eq!(object.variants[0].values, ["A"]);
    assert_eq!(types.type_of(0, "type").values, ["A", "B"]);
    assert_eq!(types.type_of(0, "size").values, ["S"]);
}

#[test]
fn field_with_different_types_in_variants_takes_any_value() {
    let variant = |kind: &str| json!({"properties": {"a": {"type": kind}, "n": {"type": kind}}});
    let types = Types::build_type(&with_schemas(json!({
        "Request": {"oneOf": [variant("string"), variant("integer")]}, "Response": {}})));

    assert_eq!(types.type_of(0, "a").shape, Shape::Any);
    assert_eq!(types.object(0).discriminator, None);
}

#[test]
fn variant_with_a_free_object_keeps_the_fields_of_the_others() {
    let variant = |property: serde_json::Value| json!({"properties": {"a": property}});
    let schema = json!({"type": "object", "properties": {"name": {"type": "string"}}});
    let types = Types::build_type(&with_schemas(json!({"Response": {}, "Request": {
        "oneOf": [variant(json!({"type": "object"})), variant(schema)]}})));

    let a = types.field(0, "a").node;

    assert_eq!(types.object(a).fields[0].name, "name");
}

#[test]
fn recursive_schema_refers_to_itself() {
    let types = Types::build_type(&with_schemas(
        json!({"Response": {}, "Request": {"properties": {
        "children": {"type": "array", "items": reference("Request")}}}}),
    ));

    let children = types.type_of(0, "children");

    assert_eq!(children.shape, Shape::Array(0));
}

#[test]
fn read_only_field_is_not_required() {
    let types = Types::build_type(&with_schemas(json!({"Response": {}, "Request": {
        "required": ["id"], "properties": {"id": {"type": "string", "readOnly": true}}}})));

    assert_eq!(types.field(0, "id").flags.0, Flags::READ_ONLY);
}

#[test]
fn object_without_properties_is_a_map_of_any_values() {
    let types = Types::build_type(&with_schemas(
        json!({"Response": {}, "Request": {"properties": {
        "free": {"type": "object"}}}}),
    ));

    let Shape::Map(values) = types.type_of(0, "free").shape else {
        panic!("not a map");
    };
    assert_eq!(types.0[values as usize].shape, Shape::Any);
}
