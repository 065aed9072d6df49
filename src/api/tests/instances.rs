//! Generates values that the document's schemas allow.

mod body;
mod scalars;

use std::collections::BTreeMap;

use jsonschema::Validator;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Map, Value, json};

use super::documented::{Documented, Operation};
pub(super) use body::Body;
use body::mark_server_owned;
use scalars::number;

/// Maximum depth of optional fields.
const MAX_DEPTH: usize = 6;
/// Number of attempts to generate a valid string.
const STRING_ATTEMPTS: usize = 8;
/// Number of attempts to generate a valid body.
const BODY_ATTEMPTS: usize = 200;

/// Generates values from a seed.
pub(super) struct Instances<'a> {
    documented: &'a Documented,
    runner: TestRunner,
}

impl<'a> Instances<'a> {
    pub(super) fn new(documented: &'a Documented, seed: [u8; 32]) -> Self {
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        Self {
            documented,
            runner: TestRunner::new_with_rng(Config::default(), rng),
        }
    }

    /// Returns arguments for all required and some optional parameters. `names` are the values of free text.
    pub(super) fn parameters(
        &mut self,
        operation: &Operation,
        names: &[&str],
    ) -> BTreeMap<String, Value> {
        let mut parameters = BTreeMap::new();
        for (name, location, required, schema) in &operation.parameters {
            // the SDK does not offer parameters that change the format of the response
            if ["envelope", "pretty"].contains(&name.as_str()) || !required && !self.chance(50) {
                continue;
            }
            let is_name = schema["type"] == "string"
                && ["pattern", "enum", "format"]
                    .iter()
                    .all(|key| schema.get(key).is_none());
            let value = if is_name && location != "header" {
                let index = self.below(names.len());
                Some(json!(names[index]))
            } else {
                // some schemas allow an empty value, which cannot be sent in a path or a required list
                let is_usable = |value: &Value| {
                    !(location == "path" && *value == "" || *required && *value == json!([]))
                };
                (0..STRING_ATTEMPTS).find_map(|_| self.value(schema, 0).filter(is_usable))
            };
            // no value can be generated from some patterns, and the SDK does not check them
            let value = value.or_else(|| required.then(|| json!("a+b@example.com")));
            parameters.extend(value.map(|value| (name.clone(), value)));
        }
        parameters
    }

    /// Returns a body that the validator accepts.
    ///
    /// Some schemas contradict the schemas that they extend, so not every generated value is valid.
    pub(super) fn body(&mut self, schema: &Value, validator: &Validator) -> Body {
        for _ in 0..BODY_ATTEMPTS {
            let body = self.value(schema, 0).map(Body::new);
            let is_valid = |body: &Body| validator.is_valid(&body.without_server_owned());
            if let Some(body) = body.filter(is_valid) {
                return body;
            }
        }
        panic!("no valid body for {schema}");
    }

    fn pick<S: Strategy>(&mut self, strategy: &S) -> S::Value {
        strategy.new_tree(&mut self.runner).unwrap().current()
    }

    fn below(&mut self, end: usize) -> usize {
        self.pick(&(0..end))
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.pick(&(0..100_u8)) < percent
    }

    /// Returns a value that the schema allows, or `None` if all attempts failed.
    fn value(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        if let Some(values) = schema["enum"].as_array() {
            let index = self.below(values.len());
            return Some(values[index].clone());
        }
        if [
            "$ref",
            "oneOf",
            "anyOf",
            "allOf",
            "properties",
            "discriminator",
        ]
        .iter()
        .any(|key| schema.get(key).is_some())
        {
            return self.composed(schema, depth, true);
        }
        match schema["type"].as_str() {
            Some("string") => self.string(schema).map(Value::from),
            Some("boolean") => Some(json!(self.pick(&any::<bool>()))),
            Some("integer" | "number") => Some(json!(self.integer(schema))),
            Some("array") => self.array(schema, depth),
            _ => self.map(schema, depth),
        }
    }

    /// Returns a value of a reference, or of a schema with `allOf`, `oneOf`, `anyOf` or properties. Uses its variants
    /// only if `with_variants`.
    fn composed(&mut self, schema: &Value, depth: usize, with_variants: bool) -> Option<Value> {
        let documented = self.documented;
        if schema.get("$ref").is_some() {
            let target = documented.resolve(schema);
            let is_plain = ["oneOf", "anyOf", "allOf", "properties"]
                .iter()
                .all(|key| target.get(key).is_none());
            return if is_plain {
                self.value(target, depth)
            } else {
                self.composed(target, depth, with_variants)
            };
        }
        let mut fields = Map::new();
        for parent in schema["allOf"].as_array().into_iter().flatten() {
            fields.extend(self.composed(parent, depth, false)?.as_object()?.clone());
        }
        let variants = collect_variants(schema).filter(|_| with_variants);
        if let Some(variants) = variants {
            let variant = &variants[self.below(variants.len())];
            match self.value(variant, depth)? {
                Value::Object(own) => fields.extend(own),
                value => return Some(value),
            }
            fields.extend(discriminator(schema, variant));
        }
        for (name, value) in self.object(schema, depth)? {
            fields.entry(name).or_insert(value);
        }
        // a schema can require a field that one of its parts declares
        let required = schema["required"].as_array().into_iter().flatten();
        let mut required = required.filter_map(Value::as_str);
        let is_complete = |name: &str| fields.contains_key(name) || !self.is_declared(schema, name);
        required.all(is_complete).then_some(Value::Object(fields))
    }

    /// Returns `true` if a part of the schema declares the field and callers can set it.
    fn is_declared(&self, schema: &Value, name: &str) -> bool {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        parts
            .map(|part| &self.documented.resolve(part)["properties"][name])
            .any(|property| property.is_object() && property["readOnly"] != true)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Option<Map<String, Value>> {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut object = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_read_only = property["readOnly"] == true;
            let is_required = required.contains(&json!(name)) && !is_read_only;
            let percent = if is_read_only { 20 } else { 40 };
            if !is_required && (depth >= MAX_DEPTH || !self.chance(percent)) {
                continue;
            }
            match self.value(property, depth + 1) {
                Some(value) if is_read_only => {
                    object.insert(name.clone(), mark_server_owned(&value))
                }
                Some(value) => object.insert(name.clone(), value),
                None if is_required => return None,
                None => None,
            };
        }
        Some(object)
    }

    fn map(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        let values = schema
            .get("additionalProperties")
            .filter(|schema| schema.is_object());
        let mut map = Map::new();
        for name in ["one", "two"].iter().take(self.below(3)) {
            let value = match values {
                Some(values) => self.value(values, depth + 1)?,
                None => json!([name, 1, true]),
            };
            map.insert((*name).to_owned(), value);
        }
        Some(Value::Object(map))
    }

    fn array(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        let minimum = number(schema, "minItems").unwrap_or(0);
        let maximum = number(schema, "maxItems")
            .unwrap_or(3)
            .clamp(minimum, minimum.max(3));
        let length = self.pick(&(minimum..=maximum));
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..length {
            let item = self.value(&schema["items"], depth + 1)?;
            if schema["uniqueItems"] != true || !items.contains(&item) {
                items.push(item);
            }
        }
        (items.len() >= usize::try_from(minimum).ok()?).then_some(Value::Array(items))
    }
}

/// Returns the schemas of the variants, if there are any.
fn collect_variants(schema: &Value) -> Option<Vec<Value>> {
    let listed = ["oneOf", "anyOf"]
        .iter()
        .find_map(|key| schema[*key].as_array().cloned());
    let mapping = schema["discriminator"]["mapping"].as_object();
    let references = || {
        let references = mapping?.values();
        Some(
            references
                .map(|reference| json!({ "$ref": reference }))
                .collect(),
        )
    };
    listed.or_else(references)
}

/// Returns the field that selects a variant.
fn discriminator(schema: &Value, variant: &Value) -> Option<(String, Value)> {
    let discriminator = &schema["discriminator"];
    let name = discriminator["propertyName"].as_str()?;
    let mut mapping = discriminator["mapping"].as_object()?.iter();
    let (value, _) = mapping.find(|(_, target)| **target == variant["$ref"])?;
    let is_read_only = schema["properties"][name]["readOnly"] == true;
    let value = json!(value);
    let value = if is_read_only {
        mark_server_owned(&value)
    } else {
        value
    };
    Some((name.to_owned(), value))
}
