//! Validates values of union types, and selects the intended variant for errors.

use serde_json::Value;

use super::check::{Checker, Violation, join, unknown_enum_value};
use super::{MAX_DEPTH, Schemas, list};

/// The match quality of a variant that rejects a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct MatchQuality {
    /// The number of valid fields.
    valid_fields: usize,
    /// The depth of the first invalid field. An invalid tag has a lower depth than an error inside
    /// the intended variant.
    depth: usize,
}

impl Checker<'_> {
    /// Checks a value of a union against the variant of its discriminator, or against any variant.
    pub(super) fn check_union(
        &self,
        schema: &Value,
        value: &Value,
        path: &str,
        depth: usize,
    ) -> Result<(), Violation> {
        let discriminator = &schema["discriminator"];
        let property = discriminator["propertyName"].as_str().unwrap_or_default();
        if let (Some(word), Some(mapping)) = (
            value.get(property).and_then(Value::as_str),
            discriminator["mapping"].as_object(),
        ) {
            let others = || list(discriminator, "others");
            if !mapping.contains_key(word) && others().any(|other| other == word) {
                return Ok(());
            }
            let Some(variant) = self
                .schemas
                .variant(schema, Some(value))
                .filter(|_| mapping.contains_key(word))
            else {
                let allowed_values: Vec<_> = mapping.keys().map(String::as_str).collect();
                return Err(unknown_enum_value(
                    &join(path, property),
                    word,
                    &allowed_values,
                ));
            };
            let own = self.schemas.own_fields(schema, variant, value);
            return self.check(variant, &own, path, depth + 1);
        }
        if let Some(variant) = self.schemas.tagged_variant(schema, value) {
            let own = self.schemas.own_fields(schema, variant, value);
            return self.check(variant, &own, path, depth + 1);
        }
        let mut failed = Vec::new();
        for variant in list(schema, "oneOf").chain(list(schema, "anyOf")) {
            match self.check(variant, value, path, depth + 1) {
                Ok(()) => return Ok(()),
                Err(violation) => failed.push((variant, violation)),
            }
        }
        let quality = |(variant, violation): &(&Value, Violation)| MatchQuality {
            valid_fields: self.valid_fields(variant, value, path, depth),
            depth: violation.depth(),
        };
        // Of several variants with equal quality, the first is selected.
        let best = failed.iter().rev().max_by_key(|failure| quality(failure));
        let Some(best) = best else {
            return Ok(());
        };
        let others = failed
            .iter()
            .filter(|failure| !std::ptr::eq(*failure, best));
        Err(best
            .1
            .merge_allowed_values(others.map(|(_, violation)| violation)))
    }

    /// Returns the number of fields that are valid in a variant.
    fn valid_fields(&self, variant: &Value, value: &Value, path: &str, depth: usize) -> usize {
        let fields = self.schemas.fields(variant, Some(value));
        let object = value.as_object().into_iter().flatten();
        let valid = object.filter(|(name, value)| {
            let property = fields.properties.get(name.as_str());
            property.is_some_and(|property| self.check(property, value, path, depth + 1).is_ok())
        });
        valid.count()
    }
}

impl Schemas {
    /// Returns the only variant whose tag matches the value. A tag is a field with one enumeration
    /// value, such as the type of a notification.
    fn tagged_variant<'a>(&'a self, schema: &'a Value, value: &Value) -> Option<&'a Value> {
        let object = value.as_object()?;
        let has_tag = |variant: &&Value| {
            let fields = self.fields(variant, None);
            object.iter().any(|(name, word)| {
                let property = fields.properties.get(name.as_str()).copied();
                let property = property.map(|property| self.resolve(property));
                property.is_some_and(|property| {
                    property["enum"]
                        .as_array()
                        .is_some_and(|words| words[..] == [word.clone()])
                })
            })
        };
        let mut tagged = list(schema, "oneOf").filter(has_tag);
        let variant = tagged.next()?;
        tagged.next().is_none().then_some(variant)
    }

    /// Returns a value without the fields of other variants. Atlas ignores these fields, and
    /// clients with one type for all variants send them.
    pub(crate) fn without_foreign_fields(&self, schema: &Value, value: &Value) -> Value {
        self.strip(schema, value, 0)
    }

    fn strip(&self, schema: &Value, value: &Value, depth: usize) -> Value {
        let schema = self.resolve(schema);
        match value {
            Value::Object(_) if depth < MAX_DEPTH => {
                let variant = self.named_variant(schema, value);
                let variant = variant.or_else(|| self.tagged_variant(schema, value));
                let own = variant.map(|variant| self.own_fields(schema, variant, value));
                let value = own.as_ref().unwrap_or(value);
                let fields = self.fields(schema, Some(value)).properties;
                let object = value.as_object().into_iter().flatten();
                let strip = |(name, value): (&String, &Value)| {
                    let property = fields.get(name.as_str()).copied().unwrap_or(&Value::Null);
                    (name.clone(), self.strip(property, value, depth + 1))
                };
                object.map(strip).collect()
            }
            Value::Array(items) => items
                .iter()
                .map(|item| self.strip(&schema["items"], item, depth + 1))
                .collect(),
            value => value.clone(),
        }
    }

    /// Returns a value without the fields that only other variants have.
    fn own_fields(&self, schema: &Value, variant: &Value, value: &Value) -> Value {
        let mut own = self.fields(variant, None).properties;
        let common = schema["properties"].as_object().into_iter().flatten();
        own.extend(common.map(|(name, property)| (name.as_str(), property)));
        let others: Vec<_> = self
            .variants(schema)
            .map(|other| self.fields(other, None).properties)
            .collect();
        let is_foreign = |name: &str| {
            !own.contains_key(name) && others.iter().any(|other| other.contains_key(name))
        };
        let fields = value.as_object().into_iter().flatten();
        let own = fields.filter(|(name, _)| !is_foreign(name));
        own.map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

impl Violation {
    /// Adds the enumeration values of other variants to a violation of the same field.
    fn merge_allowed_values<'a>(&self, others: impl Iterator<Item = &'a Self>) -> Self {
        let mut merged = self.clone();
        let Self::UnknownEnumValue {
            field,
            allowed_values,
            ..
        } = &mut merged
        else {
            return merged;
        };
        for other in others {
            let Self::UnknownEnumValue {
                field: other_field,
                allowed_values: other_values,
                ..
            } = other
            else {
                continue;
            };
            let new = other_values
                .iter()
                .filter(|value| !allowed_values.contains(value));
            if other_field == field {
                allowed_values.extend(new.cloned().collect::<Vec<_>>());
            }
        }
        merged
    }

    /// Returns the number of segments in the path of the field.
    fn depth(&self) -> usize {
        let (Self::Missing(field)
        | Self::Unknown(field)
        | Self::Invalid { field, .. }
        | Self::UnknownEnumValue { field, .. }) = self;
        let segments = field.split(['.', '[']);
        segments.filter(|segment| !segment.is_empty()).count()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Mode, Schemas, check};
    use super::*;

    fn violation(body: &Value) -> Violation {
        let schemas = Schemas::new(json!({}));
        let kind = |words: Value| json!({ "type": "string", "enum": words });
        let unit = json!({ "unit": kind(json!(["RAW"])) });
        let measured = |word: &str| {
            json!({ "type": "object", "required": ["kind"], "properties": {
                "kind": kind(json!([word])), "limit": { "type": "object", "properties": unit },
            } })
        };
        let schema = json!({ "oneOf": [
            { "type": "object", "required": ["kind", "id"], "properties": {
                "kind": kind(json!(["PLAIN"])), "id": { "type": "string" },
            } },
            measured("MEASURED"),
            measured("GRADED"),
        ] });
        check(&schemas, &schema, body, Mode::Whole).unwrap_err()
    }

    #[test]
    fn violation_is_about_the_intended_variant() {
        let unit = violation(&json!({ "kind": "MEASURED", "limit": { "unit": "COOKED" } }));
        let missing = violation(&json!({ "kind": "PLAIN" }));
        let kind = violation(&json!({ "kind": "OTHER", "limit": { "unit": "RAW" } }));
        let nothing = violation(&json!({}));

        assert_eq!(unit, unknown_enum_value("limit.unit", "COOKED", &["RAW"]));
        assert_eq!(missing, Violation::Missing("id".to_owned()));
        assert_eq!(
            kind,
            unknown_enum_value("kind", "OTHER", &["MEASURED", "GRADED"])
        );
        assert_eq!(nothing, Violation::Missing("kind".to_owned()));
    }

    #[test]
    fn fields_of_other_variants_are_removed_at_any_depth() {
        let store = |kind: &str, field: &str| {
            json!({ "type": "object", "properties": {
                "provider": { "type": "string", "enum": [kind] }, field: { "type": "boolean" },
            } })
        };
        let schemas = Schemas::new(json!({ "A": store("a", "tags"), "B": store("b", "bucket") }));
        let union = json!({
            "oneOf": [{ "$ref": "#/A" }, { "$ref": "#/B" }],
            "discriminator": { "propertyName": "provider", "mapping": { "a": "#/A", "b": "#/B" } },
        });
        let list = json!({ "type": "array", "items": union });
        let schema = json!({ "type": "object", "properties": { "stores": list } });
        let body = json!({ "stores": [{ "provider": "a", "tags": true, "bucket": false }] });

        assert_eq!(check(&schemas, &schema, &body, Mode::Whole), Ok(()));
        assert_eq!(
            schemas.without_foreign_fields(&schema, &body),
            json!({ "stores": [{ "provider": "a", "tags": true }] })
        );
        let unknown = json!({ "stores": [{ "provider": "a", "color": 1 }] });
        assert!(check(&schemas, &schema, &unknown, Mode::Whole).is_err());
    }
}
