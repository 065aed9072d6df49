//! Values that the document's schemas allow, made up.

use std::collections::BTreeMap;

use jsonschema::Validator;
use proptest::{
    collection::vec,
    prelude::*,
    strategy::ValueTree,
    string::string_regex,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Map, Value, json};

use super::documented::{Documented, Operation};

/// The depth to which optional fields are set.
const DEPTH: usize = 6;
/// The name under which a value stands that only the server sets.
const OWNED: &str = "$owned";
/// The number of attempts to generate a string that is short enough.
const TRIES: usize = 8;
/// The number of attempts to generate a body that fits.
const BODIES: usize = 200;

/// A document with what only the server sets marked as such.
pub(super) struct Whole(Value);

impl Whole {
    pub(super) fn with_everything(&self) -> Value {
        unmarked(&self.0, true)
    }

    pub(super) fn without_what_the_server_owns(&self) -> Value {
        unmarked(&self.0, false)
    }
}

fn unmarked(value: &Value, keeps: bool) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.iter().filter_map(|(name, value)| {
                let value = match value.get(OWNED) {
                    Some(owned) => keeps.then(|| unmarked(owned, true))?,
                    None => unmarked(value, keeps),
                };
                Some((name.clone(), value))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| {
                let mut kept = unmarked(item, keeps);
                // By its id Atlas knows which item is meant.
                if let Some(id) = item.get("id") {
                    kept["id"] = unmarked(id.get(OWNED).unwrap_or(id), keeps);
                }
                kept
            });
            items.collect()
        }
        other => other.clone(),
    }
}

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

    /// Arguments for all required and some optional parameters; names hold what needs encoding.
    pub(super) fn parameters(
        &mut self,
        operation: &Operation,
        names: &[&str],
    ) -> BTreeMap<String, Value> {
        let mut parameters = BTreeMap::new();
        for (name, place, required, schema) in &operation.parameters {
            // The SDK does not offer what changes an answer's shape.
            if ["envelope", "pretty"].contains(&name.as_str()) || !required && !self.chance(50) {
                continue;
            }
            let is_name = schema["type"] == "string"
                && ["pattern", "enum", "format"]
                    .iter()
                    .all(|key| schema.get(key).is_none());
            let value = if is_name && place != "header" {
                let index = self.below(names.len());
                Some(json!(names[index]))
            } else {
                // Some schemas allow an empty value, which a path or a required list cannot hold.
                let is_usable = |value: &Value| {
                    !(place == "path" && *value == "" || *required && *value == json!([]))
                };
                (0..TRIES).find_map(|_| self.value(schema, 0).filter(is_usable))
            };
            // A pattern that cannot be read backwards; what is sent is the same for any text.
            let value = value.or_else(|| required.then(|| json!("a+b@example.com")));
            parameters.extend(value.map(|value| (name.clone(), value)));
        }
        parameters
    }

    /// A body that the schema allows and the validator accepts.
    ///
    /// Parents and children of the document's families contradict each other in places, so some of what
    /// is made up does not fit.
    pub(super) fn body(&mut self, schema: &Value, validator: &Validator) -> Whole {
        for _ in 0..BODIES {
            let whole = self.value(schema, 0).map(Whole);
            let fitting = |it: &Whole| validator.is_valid(&it.without_what_the_server_owns());
            if let Some(whole) = whole.filter(fitting) {
                return whole;
            }
        }
        panic!("nothing fits {schema}");
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

    /// A value that the schema allows; none if none was found.
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
            return self.family(schema, depth, true);
        }
        match schema["type"].as_str() {
            Some("string") => self.string(schema).map(Value::from),
            Some("boolean") => Some(json!(self.pick(&any::<bool>()))),
            Some("integer" | "number") => Some(json!(self.integer(schema))),
            Some("array") => self.array(schema, depth),
            _ => self.map(schema, depth),
        }
    }

    /// A member of a family, or what a reference leads to; a child takes its parent's fields only.
    fn family(&mut self, schema: &Value, depth: usize, with_children: bool) -> Option<Value> {
        let documented = self.documented;
        if schema.get("$ref").is_some() {
            let target = documented.resolved(schema);
            let is_plain = ["oneOf", "anyOf", "allOf", "properties"]
                .iter()
                .all(|key| target.get(key).is_none());
            return if is_plain {
                self.value(target, depth)
            } else {
                self.family(target, depth, with_children)
            };
        }
        let mut united = Map::new();
        for parent in schema["allOf"].as_array().into_iter().flatten() {
            united.extend(self.family(parent, depth, false)?.as_object()?.clone());
        }
        let listed = ["oneOf", "anyOf"]
            .iter()
            .find_map(|key| schema[*key].as_array().cloned());
        let mapping = schema["discriminator"]["mapping"].as_object();
        let mapped = || Some(mapping?.values().map(|it| json!({ "$ref": it })).collect());
        let forms: Option<Vec<Value>> = listed.or_else(mapped);
        if let Some(forms) = forms.filter(|_| with_children) {
            let form = &forms[self.below(forms.len())];
            let value = self.value(form, depth)?;
            let Value::Object(fields) = value else {
                return Some(value);
            };
            united.extend(fields);
            let kind = &schema["discriminator"];
            let mapping = kind["mapping"].as_object().into_iter().flatten();
            let mut kinds = mapping.filter(|(_, target)| **target == form["$ref"]);
            if let (Some(name), Some((value, _))) = (kind["propertyName"].as_str(), kinds.next()) {
                let owned = schema["properties"][name]["readOnly"] == true;
                let value = json!(value);
                let value = if owned {
                    json!({ OWNED: value })
                } else {
                    value
                };
                united.insert(name.to_owned(), value);
            }
        }
        let own = self.object(schema, depth)?;
        for (name, value) in own {
            united.entry(name).or_insert(value);
        }
        // A child can require what its parts declare.
        let required = schema["required"].as_array().into_iter().flatten();
        let mut required = required.filter_map(Value::as_str);
        let is_there = |name: &str| united.contains_key(name) || !self.is_declared(schema, name);
        required.all(is_there).then_some(Value::Object(united))
    }

    /// Returns whether a part of the schema has the field for callers to set.
    fn is_declared(&self, schema: &Value, name: &str) -> bool {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        parts
            .map(|part| &self.documented.resolved(part)["properties"][name])
            .any(|property| property.is_object() && property["readOnly"] != true)
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Option<Map<String, Value>> {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut object = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let owned = property["readOnly"] == true;
            let needed = required.contains(&json!(name)) && !owned;
            if !needed && (depth >= DEPTH || !self.chance(if owned { 20 } else { 40 })) {
                continue;
            }
            match self.value(property, depth + 1) {
                Some(value) if owned => object.insert(name.clone(), json!({ OWNED: value })),
                Some(value) => object.insert(name.clone(), value),
                None if needed => return None,
                None => None,
            };
        }
        Some(object)
    }

    fn map(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        let values = schema
            .get("additionalProperties")
            .filter(|it| it.is_object());
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
        let least = number(schema, "minItems").unwrap_or(0);
        let most = number(schema, "maxItems")
            .unwrap_or(3)
            .clamp(least, least.max(3));
        let length = self.pick(&(least..=most));
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..length {
            let item = self.value(&schema["items"], depth + 1)?;
            if schema["uniqueItems"] != true || !items.contains(&item) {
                items.push(item);
            }
        }
        (items.len() >= usize::try_from(least).ok()?).then_some(Value::Array(items))
    }

    fn integer(&mut self, schema: &Value) -> i64 {
        let excluded = |key: &str| i64::from(schema[key] == true);
        let least = number(schema, "minimum").unwrap_or(0) + excluded("exclusiveMinimum");
        let most =
            number(schema, "maximum").unwrap_or(least + 1_000_000) - excluded("exclusiveMaximum");
        let most = most.max(least);
        self.pick(&(least..=most))
    }

    fn string(&mut self, schema: &Value) -> Option<String> {
        let least = number(schema, "minLength").unwrap_or(0);
        let most = number(schema, "maxLength").unwrap_or(least.max(40));
        let fits = |text: &String| {
            let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            (least..=most).contains(&length)
        };
        let texts = match (schema["pattern"].as_str(), schema["format"].as_str()) {
            (Some(pattern), _) => {
                // In the document's dialect digits and word characters are those of ASCII.
                let pattern = pattern
                    .replace("\\d", "[0-9]")
                    .replace("\\w", "[A-Za-z0-9_]");
                string_regex(pattern.trim_start_matches('^').trim_end_matches('$')).ok()?
            }
            (None, Some("date-time")) => string_regex("20[0-9]{2}-0[1-9]-1[0-9]T12:00:00Z").ok()?,
            (None, Some("date")) => string_regex("20[0-9]{2}-0[1-9]-1[0-9]").ok()?,
            (None, Some("email")) => string_regex("[a-z]{1,9}@example\\.com").ok()?,
            _ => {
                let length = usize::try_from(least).ok()?..=usize::try_from(most).ok()?.min(60);
                let letters = vec(prop::char::any(), length);
                return Some(self.pick(&letters).into_iter().collect());
            }
        };
        (0..TRIES).map(|_| self.pick(&texts)).find(fits)
    }
}

fn number(schema: &Value, key: &str) -> Option<i64> {
    let limit = &schema[key];
    #[expect(clippy::cast_possible_truncation, reason = "no limit is that far")]
    limit
        .as_i64()
        .or_else(|| limit.as_f64().map(|it| it as i64))
}
