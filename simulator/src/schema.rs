//! The schemas of the document: looking into them, checking bodies, and filling answers.

pub(crate) mod behaviour;
mod check;
pub(crate) mod deviations;
pub(crate) mod document;
mod fill;
mod forms;
mod sample;
pub(crate) mod secrets;
pub(crate) mod template;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;

pub(crate) use check::{Mode, Violation, check};
pub(crate) use fill::{Known, fill};
pub(crate) use sample::{matches_pattern, unique};

/// How deep schemas are followed before they are taken to be endless.
const DEEPEST: usize = 12;

/// The keyword of a field that takes any value, whatever else its schema says.
pub(crate) const ANYTHING: &str = "x-anything";

/// The named schemas.
#[derive(Debug)]
pub(crate) struct Schemas {
    components: Value,
}

/// The fields of an object schema with those of everything it is put together from.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    pub(crate) properties: BTreeMap<&'a str, &'a Value>,
    pub(crate) required: Vec<&'a str>,
    /// Whether other fields may be there as well.
    pub(crate) is_open: bool,
}

impl Schemas {
    pub(crate) const fn new(components: Value) -> Self {
        Self { components }
    }

    /// The schema itself, or the one it refers to.
    pub(crate) fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        for _ in 0..DEEPEST {
            let Some(name) = reference(schema) else { break };
            let Some(found) = self.components.get(name) else {
                break;
            };
            schema = found;
        }
        schema
    }

    /// The fields of an object; of several forms the one that `given` picks.
    pub(crate) fn fields<'a>(&'a self, schema: &'a Value, given: Option<&Value>) -> Fields<'a> {
        let mut fields = Fields::default();
        self.collect(schema, given, &mut fields, 0);
        fields
    }

    fn collect<'a>(
        &'a self,
        schema: &'a Value,
        given: Option<&Value>,
        fields: &mut Fields<'a>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        let schema = self.resolve(schema);
        for part in list(schema, "allOf") {
            // A form names its family with `allOf`; going back into it would never end.
            let part = self.resolve(part);
            Self::collect_own(part, fields);
            for inner in list(part, "allOf") {
                self.collect(inner, given, fields, depth + 2);
            }
        }
        Self::collect_own(schema, fields);
        // What a form says of a field is more exact than what all forms have in common.
        if let Some(form) = self.form(schema, given) {
            self.collect(form, given, fields, depth + 1);
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
            .is_some_and(|it| it != false);
    }

    /// Which of its forms a value of several forms has.
    pub(crate) fn form<'a>(
        &'a self,
        schema: &'a Value,
        given: Option<&Value>,
    ) -> Option<&'a Value> {
        let discriminator = schema.get("discriminator");
        let named = discriminator.and_then(|discriminator| {
            let property = discriminator.get("propertyName")?.as_str()?;
            let word = given?.get(property)?.as_str()?;
            let target = discriminator.get("mapping")?.get(word)?.as_str()?;
            self.components.get(target.rsplit('/').next()?)
        });
        let mapped = || {
            let has_none = list(schema, "oneOf").next().is_none();
            let targets = discriminator.and_then(|it| it.get("mapping")?.as_object());
            let targets = targets
                .filter(|_| has_none)
                .into_iter()
                .flat_map(|it| it.values());
            targets.filter_map(|target| self.components.get(target.as_str()?.rsplit('/').next()?))
        };
        let forms = || {
            list(schema, "oneOf")
                .chain(list(schema, "anyOf"))
                .chain(mapped())
        };
        named
            .or_else(|| {
                let given = given?;
                forms()
                    .filter(|form| check(self, form, given, Mode::Whole).is_ok())
                    .min_by_key(|form| Reverse(self.overlap(form, given)))
            })
            .or_else(|| forms().next())
    }

    /// How many of the given fields a form knows.
    fn overlap(&self, form: &Value, given: &Value) -> usize {
        let fields = self.fields(form, None);
        given.as_object().map_or(0, |given| {
            let known = given
                .keys()
                .filter(|it| fields.properties.contains_key(it.as_str()));
            known.count()
        })
    }

    /// Whether a named schema, or one of its forms, has a word in its enumeration.
    pub(crate) fn has_word(&self, name: &str, word: &str) -> bool {
        self.words(name).contains(&word)
    }

    /// Whether a field can have a word in the form of a named schema that `given` picks; it can
    /// where that form lists no words.
    pub(crate) fn allows(&self, name: &str, given: &Value, field: &str, word: &str) -> bool {
        let Some(schema) = self.components.get(name) else {
            return true;
        };
        let fields = self.fields(schema, Some(given));
        let property = fields.properties.get(field);
        property.is_none_or(|property| {
            let mut words = Vec::new();
            self.collect_words(property, &mut words);
            words.is_empty() || words.contains(&word)
        })
    }

    /// All words of a named schema and its forms.
    pub(crate) fn words<'a>(&'a self, name: &str) -> Vec<&'a str> {
        let mut words = Vec::new();
        if let Some(schema) = self.components.get(name) {
            self.collect_words(schema, &mut words);
        }
        words
    }

    /// All words that a field can have in any form of a named schema.
    pub(crate) fn words_of<'a>(&'a self, name: &str, field: &str) -> Vec<&'a str> {
        let mut words = Vec::new();
        let schema = self.components.get(name).unwrap_or(&Value::Null);
        for form in list(schema, "oneOf").chain([schema]) {
            let fields = self.fields(form, None);
            if let Some(property) = fields.properties.get(field) {
                self.collect_words(property, &mut words);
            }
        }
        words
    }

    fn collect_words<'a>(&'a self, schema: &'a Value, words: &mut Vec<&'a str>) {
        let schema = self.resolve(schema);
        words.extend(list(schema, "enum").filter_map(Value::as_str));
        for form in list(schema, "oneOf").chain(list(schema, "anyOf")) {
            self.collect_words(form, words);
        }
    }

    /// The items of a page or a list, if the schema is one.
    pub(crate) fn items<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        let schema = self.resolve(schema);
        if schema["type"] == "array" {
            return schema.get("items");
        }
        let results = self.fields(schema, None).properties.remove("results")?;
        self.resolve(results).get("items")
    }

    /// Whether the schema is a page: a list with links and a count.
    pub(crate) fn is_page(&self, schema: &Value) -> bool {
        self.resolve(schema)["type"] != "array" && self.items(schema).is_some()
    }
}

/// The name a reference points to.
fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

/// The entries of a keyword that is a list.
fn list<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a Value> {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
