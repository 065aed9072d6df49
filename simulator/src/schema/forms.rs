//! Checking a value that may have one of several forms, and telling which of them was meant.

use serde_json::Value;

use super::check::{Checker, Violation, invalid, joined};
use super::{Schemas, list};

/// How well a form fits a value that it does not allow: how many of its fields are right, and how
/// deep in it the first one lies that is not. A wrong word that tells the forms apart lies higher
/// than a mistake within the form that was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    right: usize,
    depth: usize,
}

impl Checker<'_> {
    /// A value of several forms: the one its discriminator names, or any.
    pub(super) fn check_forms(
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
            if !mapping.contains_key(word) && others().any(|it| it == word) {
                return Ok(());
            }
            let Some(form) = self
                .schemas
                .form(schema, Some(value))
                .filter(|_| mapping.contains_key(word))
            else {
                let words: Vec<_> = mapping.keys().map(String::as_str).collect();
                let expected = format!("{ONE_OF}{}", words.join(", "));
                return Err(invalid(&joined(path, property), &expected));
            };
            return self.check(form, value, path, depth + 1);
        }
        if let Some(form) = self.schemas.tagged(schema, value) {
            let own = self.schemas.own_part(schema, form, value);
            return self.check(form, &own, path, depth + 1);
        }
        let mut failed = Vec::new();
        for form in list(schema, "oneOf").chain(list(schema, "anyOf")) {
            match self.check(form, value, path, depth + 1) {
                Ok(()) => return Ok(()),
                Err(violation) => failed.push((form, violation)),
            }
        }
        let fits = |(form, violation): &(&Value, Violation)| Fit {
            right: self.right_fields(form, value, path, depth),
            depth: violation.depth(),
        };
        // Of forms that fit equally well it is the first.
        let best = failed.iter().rev().max_by_key(|it| fits(it));
        let Some(best) = best else {
            return Ok(());
        };
        let others = failed.iter().filter(|it| !std::ptr::eq(*it, best));
        Err(best.1.with_words(others.map(|(_, violation)| violation)))
    }

    /// How many fields of a value a form knows and allows.
    fn right_fields(&self, form: &Value, value: &Value, path: &str, depth: usize) -> usize {
        let fields = self.schemas.fields(form, Some(value));
        let object = value.as_object().into_iter().flatten();
        let right = object.filter(|(name, value)| {
            let property = fields.properties.get(name.as_str());
            property.is_some_and(|it| self.check(it, value, path, depth + 1).is_ok())
        });
        right.count()
    }
}

impl Schemas {
    /// The one of several forms that alone has a word of the value as the only word of a field, such as
    /// the kind of a notification.
    fn tagged<'a>(&'a self, schema: &'a Value, value: &Value) -> Option<&'a Value> {
        let object = value.as_object()?;
        let has_tag = |form: &&Value| {
            let fields = self.fields(form, None);
            object.iter().any(|(name, word)| {
                let property = fields.properties.get(name.as_str()).copied();
                let property = property.map(|it| self.resolve(it));
                property.is_some_and(|it| {
                    it["enum"]
                        .as_array()
                        .is_some_and(|it| it[..] == [word.clone()])
                })
            })
        };
        let mut tagged = list(schema, "oneOf").filter(has_tag);
        let form = tagged.next()?;
        tagged.next().is_none().then_some(form)
    }

    /// A value without the fields that only other forms than its own have. Clients with one type for all
    /// forms send them, empty, and the service reads what belongs to the form.
    pub(crate) fn without_others(&self, schema: &Value, value: &Value) -> Value {
        let schema = self.resolve(schema);
        let form = self.tagged(schema, value);
        form.map_or_else(|| value.clone(), |form| self.own_part(schema, form, value))
    }

    /// What of a value belongs to one of several forms, or to none that is known.
    fn own_part(&self, schema: &Value, form: &Value, value: &Value) -> Value {
        let own = self.fields(form, None).properties;
        let others: Vec<_> = list(schema, "oneOf")
            .map(|it| self.fields(it, None).properties)
            .collect();
        let is_foreign =
            |name: &str| !own.contains_key(name) && others.iter().any(|it| it.contains_key(name));
        let fields = value.as_object().into_iter().flatten();
        let kept = fields.filter(|(name, _)| !is_foreign(name));
        kept.map(|(name, it)| (name.clone(), it.clone())).collect()
    }
}

/// How the words of an enumeration are told.
const ONE_OF: &str = "one of ";

impl Violation {
    /// A word that none of several forms has is told with the words of all of them.
    fn with_words<'a>(&self, others: impl Iterator<Item = &'a Self>) -> Self {
        let Self::Invalid { field, expected } = self else {
            return self.clone();
        };
        let Some(own) = expected.strip_prefix(ONE_OF) else {
            return self.clone();
        };
        let mut words: Vec<&str> = own.split(", ").collect();
        for other in others {
            let more = match other {
                Self::Invalid {
                    field: same,
                    expected,
                } if same == field => expected.strip_prefix(ONE_OF),
                _ => None,
            };
            let more = more.into_iter().flat_map(|it| it.split(", "));
            for word in more {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        invalid(field, &format!("{ONE_OF}{}", words.join(", ")))
    }

    /// How many names lead to the field.
    fn depth(&self) -> usize {
        let (Self::Missing(field) | Self::Unknown(field) | Self::Invalid { field, .. }) = self;
        field.split(['.', '[']).filter(|it| !it.is_empty()).count()
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
    fn what_is_wrong_is_said_of_the_form_that_was_meant() {
        let unit = violation(&json!({ "kind": "MEASURED", "limit": { "unit": "COOKED" } }));
        let missing = violation(&json!({ "kind": "PLAIN" }));
        let kind = violation(&json!({ "kind": "OTHER", "limit": { "unit": "RAW" } }));
        let nothing = violation(&json!({}));

        let expected = "one of RAW".to_owned();
        let field = "limit.unit".to_owned();
        assert_eq!(unit, Violation::Invalid { field, expected });
        assert_eq!(missing, Violation::Missing("id".to_owned()));
        let expected = "one of MEASURED, GRADED".to_owned();
        let field = "kind".to_owned();
        assert_eq!(kind, Violation::Invalid { field, expected });
        assert_eq!(nothing, Violation::Missing("kind".to_owned()));
    }
}
