//! Schemas of the OpenAPI document: lookup, validation of bodies, and generation of responses.

pub(crate) mod behaviour;
mod check;
pub(crate) mod deviations;
pub(crate) mod document;
mod fill;
mod sample;
pub(crate) mod secrets;
pub(crate) mod template;
mod union;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;

pub(crate) use check::{Mode, Violation, check};
pub(crate) use fill::{Known, fill};
pub(crate) use sample::{matches_pattern, unique};

/// The maximum nesting depth, since schemas can be recursive.
const MAX_DEPTH: usize = 12;

/// The keyword of a field that allows any value, regardless of its schema.
pub(crate) const ANY_VALUE: &str = "x-any-value";

/// The named schemas.
#[derive(Debug)]
pub(crate) struct Schemas {
    components: Value,
}

/// The fields of an object schema, including those of the schemas it is composed of.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    pub(crate) properties: BTreeMap<&'a str, &'a Value>,
    pub(crate) required: Vec<&'a str>,
    /// `true` if additional fields are allowed.
    pub(crate) is_open: bool,
}

impl Schemas {
    pub(crate) const fn new(components: Value) -> Self {
        Self { components }
    }

    /// Follows references.
    pub(crate) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        for _ in 0..MAX_DEPTH {
            let Some(name) = reference(schema) else { break };
            let Some(found) = self.components.get(name) else {
                break;
            };
            schema = found;
        }
        schema
    }

    /// Returns the fields of an object. `value` selects the variant of a union.
    pub(crate) fn fields<'a>(&'a self, schema: &'a Value, value: Option<&Value>) -> Fields<'a> {
        let mut fields = Fields::default();
        self.collect(schema, value, &mut fields, 0);
        fields
    }

    fn collect<'a>(
        &'a self,
        schema: &'a Value,
        value: Option<&Value>,
        fields: &mut Fields<'a>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let schema = self.resolve(schema);
        for part in list(schema, "allOf") {
            // A variant refers to its union with `allOf`, which must not be followed.
            let part = self.resolve(part);
            Self::collect_own(part, fields);
            for inner in list(part, "allOf") {
                self.collect(inner, value, fields, depth + 2);
            }
        }
        Self::collect_own(schema, fields);
        // The field schemas of a variant override those of the union.
        if let Some(variant) = self.variant(schema, value) {
            self.collect(variant, value, fields, depth + 1);
        }
    }

    fn collect_own<'a>(schema: &'a Value, fields: &mut Fields<'a>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (name, property) in properties {
                fields.properties.insert(name, property);
            }
        }
        let required = list(schema, "required").filter_map(Value::as_str);
        fields.required.extend(required);
        fields.is_open |= schema
            .get("additionalProperties")
            .is_some_and(|additional| additional != false);
    }

    /// Returns the variant of a union that a value belongs to, or the first variant.
    pub(crate) fn variant<'a>(
        &'a self,
        schema: &'a Value,
        value: Option<&Value>,
    ) -> Option<&'a Value> {
        let selected = value.and_then(|value| self.named_variant(schema, value));
        selected
            .or_else(|| {
                let value = value?;
                self.variants(schema)
                    .filter(|variant| check(self, variant, value, Mode::Whole).is_ok())
                    .min_by_key(|variant| Reverse(self.overlap(variant, value)))
            })
            .or_else(|| self.variants(schema).next())
    }

    /// Returns the variant that the discriminator of a union selects for a value.
    fn named_variant<'a>(&'a self, schema: &Value, value: &Value) -> Option<&'a Value> {
        let discriminator = schema.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let word = value.get(property)?.as_str()?;
        let target = discriminator.get("mapping")?.get(word)?.as_str()?;
        self.components.get(target.rsplit('/').next()?)
    }

    /// Returns the variants of a union from `oneOf` and `anyOf`, or from the discriminator.
    fn variants<'a>(&'a self, schema: &'a Value) -> impl Iterator<Item = &'a Value> {
        let has_one_of = list(schema, "oneOf").next().is_some();
        let mapping = schema.pointer("/discriminator/mapping");
        let mapping = mapping.and_then(Value::as_object).filter(|_| !has_one_of);
        let targets = mapping.into_iter().flat_map(|mapping| mapping.values());
        let mapped =
            targets.filter_map(|target| self.components.get(target.as_str()?.rsplit('/').next()?));
        list(schema, "oneOf")
            .chain(list(schema, "anyOf"))
            .chain(mapped)
    }

    /// Returns the number of a value's fields that a variant contains.
    fn overlap(&self, variant: &Value, value: &Value) -> usize {
        let fields = self.fields(variant, None);
        value.as_object().map_or(0, |object| {
            let common = object
                .keys()
                .filter(|name| fields.properties.contains_key(name.as_str()));
            common.count()
        })
    }

    /// Returns `true` if a value is in the enumeration of a named schema or of one of the schema's
    /// variants.
    pub(crate) fn has_enum_value(&self, name: &str, word: &str) -> bool {
        self.enum_values(name).contains(&word)
    }

    /// Returns `true` if a field of a named schema allows a value. `object` selects the variant. A
    /// field without an enumeration allows every value.
    pub(crate) fn allows(&self, name: &str, object: &Value, field: &str, word: &str) -> bool {
        let Some(schema) = self.components.get(name) else {
            return true;
        };
        let fields = self.fields(schema, Some(object));
        let property = fields.properties.get(field);
        property.is_none_or(|property| {
            let mut allowed_values = Vec::new();
            self.collect_enum_values(property, &mut allowed_values);
            allowed_values.is_empty() || allowed_values.contains(&word)
        })
    }

    /// Returns the enumeration values of a named schema and its variants.
    pub(crate) fn enum_values<'a>(&'a self, name: &str) -> Vec<&'a str> {
        let mut enum_values = Vec::new();
        if let Some(schema) = self.components.get(name) {
            self.collect_enum_values(schema, &mut enum_values);
        }
        enum_values
    }

    /// Returns the enumeration values of a field in all variants of a named schema.
    pub(crate) fn property_values<'a>(&'a self, name: &str, field: &str) -> Vec<&'a str> {
        let mut enum_values = Vec::new();
        let schema = self.components.get(name).unwrap_or(&Value::Null);
        for variant in list(schema, "oneOf").chain([schema]) {
            let fields = self.fields(variant, None);
            if let Some(property) = fields.properties.get(field) {
                self.collect_enum_values(property, &mut enum_values);
            }
        }
        enum_values
    }

    fn collect_enum_values<'a>(&'a self, schema: &'a Value, words: &mut Vec<&'a str>) {
        let schema = self.resolve(schema);
        words.extend(list(schema, "enum").filter_map(Value::as_str));
        for variant in list(schema, "oneOf").chain(list(schema, "anyOf")) {
            self.collect_enum_values(variant, words);
        }
    }

    /// Returns the item schema of a page or a list.
    pub(crate) fn items<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        let schema = self.resolve(schema);
        if schema["type"] == "array" {
            return schema.get("items");
        }
        let results = self.fields(schema, None).properties.remove("results")?;
        self.resolve(results).get("items")
    }

    /// Returns `true` if the schema is a page: an object with `results`.
    pub(crate) fn is_page(&self, schema: &Value) -> bool {
        self.resolve(schema)["type"] != "array" && self.items(schema).is_some()
    }
}

/// Returns the schema name of a reference.
fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

/// Returns the entries of a keyword whose value is a list.
fn list<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
