//! Validates request bodies. Errors contain the path of the invalid field.

use serde_json::Value;

use crate::state::clock::parse_time;

use super::{ANY_VALUE, Schemas, list, matches_pattern};

/// The reason that a body is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A missing required field.
    Missing(String),
    /// A field with an invalid value; the name is empty for the body itself.
    Invalid { field: String, expected: String },
    /// A field with a value that is not in its enumeration.
    UnknownEnumValue {
        field: String,
        value: String,
        allowed_values: Vec<String>,
    },
    /// An unknown field.
    Unknown(String),
}

/// The strictness of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Requires all required fields.
    Whole,
    /// Allows missing fields, as in an update.
    Part,
    /// Allows missing fields, and unknown fields below the first level, as in responses.
    Open,
}

/// Checks a value against a schema.
pub(crate) fn check(
    schemas: &Schemas,
    schema: &Value,
    value: &Value,
    mode: Mode,
) -> Result<(), Violation> {
    Checker { schemas, mode }.check(schema, value, "", 0)
}

pub(super) struct Checker<'a> {
    pub(super) schemas: &'a Schemas,
    mode: Mode,
}

impl Checker<'_> {
    pub(super) fn check(
        &self,
        schema: &Value,
        value: &Value,
        path: &str,
        depth: usize,
    ) -> Result<(), Violation> {
        if schema[ANY_VALUE] == true {
            return Ok(());
        }
        let schema = self.schemas.resolve(schema);
        if value.is_null() || depth > super::MAX_DEPTH {
            return Ok(());
        }
        if list(schema, "oneOf")
            .chain(list(schema, "anyOf"))
            .next()
            .is_some()
        {
            return self.check_union(schema, value, path, depth);
        }
        match schema["type"].as_str() {
            Some("array") => self.check_list(schema, value, path, depth),
            Some("string") => check_text(schema, value, path),
            Some("integer" | "number") => check_number(schema, value, path),
            Some("boolean") if !value.is_boolean() => Err(invalid(path, "a boolean")),
            // An object without further keywords allows any value, such as `dynamic: true`.
            Some("object") if allows_any_value(schema) => Ok(()),
            Some("object") => self.check_object(schema, value, path, depth),
            None if schema.get("properties").or(schema.get("allOf")).is_some() => {
                self.check_object(schema, value, path, depth)
            }
            _ => Ok(()),
        }
    }

    fn check_list(
        &self,
        schema: &Value,
        value: &Value,
        path: &str,
        depth: usize,
    ) -> Result<(), Violation> {
        let items = value.as_array().ok_or_else(|| invalid(path, "a list"))?;
        let count = items.len() as u64;
        if schema["minItems"]
            .as_u64()
            .is_some_and(|minimum| count < minimum)
        {
            return Err(invalid(
                path,
                &format!("at least {} items", schema["minItems"]),
            ));
        }
        if schema["maxItems"]
            .as_u64()
            .is_some_and(|maximum| count > maximum)
        {
            return Err(invalid(
                path,
                &format!("at most {} items", schema["maxItems"]),
            ));
        }
        items.iter().enumerate().try_for_each(|(index, item)| {
            self.check(
                &schema["items"],
                item,
                &format!("{path}[{index}]"),
                depth + 1,
            )
        })
    }

    fn check_object(
        &self,
        schema: &Value,
        value: &Value,
        path: &str,
        depth: usize,
    ) -> Result<(), Violation> {
        let object = value
            .as_object()
            .ok_or_else(|| invalid(path, "an object"))?;
        let fields = self.schemas.fields(schema, Some(value));
        for name in fields.required.iter().filter(|_| self.mode == Mode::Whole) {
            let is_writable = fields.properties.get(name).is_some_and(|property| {
                self.schemas.resolve(property)["readOnly"] != true && property["readOnly"] != true
            });
            if is_writable
                && !has_implicit_value(name, path)
                && object.get(*name).is_none_or(Value::is_null)
            {
                return Err(Violation::Missing(join(path, name)));
            }
        }
        // Known fields are checked first, since an unknown field can belong to a different variant.
        let mut unknown = None;
        for (name, value) in object {
            match fields.properties.get(name.as_str()) {
                Some(property) => self.check(property, value, &join(path, name), depth + 1)?,
                None if value.is_null() => {}
                None if fields.is_open || fields.properties.is_empty() => {}
                None if self.mode == Mode::Open && !path.is_empty() => {}
                None => unknown = unknown.or(Some(name)),
            }
        }
        if let Some(name) = unknown {
            return Err(Violation::Unknown(join(path, name)));
        }
        Ok(())
    }
}

fn allows_any_value(schema: &Value) -> bool {
    [
        "properties",
        "allOf",
        "additionalProperties",
        "discriminator",
    ]
    .iter()
    .all(|keyword| schema.get(*keyword).is_none())
}

/// Returns `true` if Atlas takes a required field from the path or has a default for it.
fn has_implicit_value(name: &str, path: &str) -> bool {
    match name {
        "groupId" | "orgId" | "links" | "databaseName" => true,
        // The resource of a role has either `cluster`, or `db` and `collection`.
        "cluster" | "db" | "collection" => !path.is_empty(),
        _ => false,
    }
}

fn check_text(schema: &Value, value: &Value, path: &str) -> Result<(), Violation> {
    let text = value.as_str().ok_or_else(|| invalid(path, "a string"))?;
    let length = text.chars().count() as u64;
    let enum_values: Vec<_> = list(schema, "enum").filter_map(Value::as_str).collect();
    // One enumeration ends with a description of additional values.
    let is_open = enum_values.iter().any(|word| word.starts_with('<'));
    let is_equal = |word: &&str| word.eq_ignore_ascii_case(text);
    if list(schema, "enum").next().is_some() && !is_open && !enum_values.iter().any(is_equal) {
        return Err(unknown_enum_value(path, text, &enum_values));
    }
    if schema["minLength"]
        .as_u64()
        .is_some_and(|minimum| length < minimum)
    {
        return Err(invalid(
            path,
            &format!("at least {} characters", schema["minLength"]),
        ));
    }
    if schema["maxLength"]
        .as_u64()
        .is_some_and(|maximum| length > maximum)
    {
        return Err(invalid(
            path,
            &format!("at most {} characters", schema["maxLength"]),
        ));
    }
    if let Some(pattern) = schema["pattern"].as_str()
        && !matches_pattern(pattern, text)
    {
        return Err(invalid(path, &format!("of the form {pattern}")));
    }
    if schema["format"] == "date-time" && parse_time(text).is_none() {
        return Err(invalid(path, "a date and time"));
    }
    Ok(())
}

fn check_number(schema: &Value, value: &Value, path: &str) -> Result<(), Violation> {
    let is_integer = schema["type"] == "integer";
    let expected = if is_integer {
        "a whole number"
    } else {
        "a number"
    };
    let number = value.as_f64().ok_or_else(|| invalid(path, expected))?;
    if is_integer && number.fract() != 0.0 {
        return Err(invalid(path, expected));
    }
    if schema["minimum"]
        .as_f64()
        .is_some_and(|minimum| number < minimum)
    {
        return Err(invalid(path, &format!("at least {}", schema["minimum"])));
    }
    if schema["maximum"]
        .as_f64()
        .is_some_and(|maximum| number > maximum)
    {
        return Err(invalid(path, &format!("at most {}", schema["maximum"])));
    }
    Ok(())
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

pub(super) fn invalid(field: &str, expected: &str) -> Violation {
    Violation::Invalid {
        field: field.to_owned(),
        expected: expected.to_owned(),
    }
}

pub(super) fn unknown_enum_value(field: &str, value: &str, allowed_values: &[&str]) -> Violation {
    Violation::UnknownEnumValue {
        field: field.to_owned(),
        value: value.to_owned(),
        allowed_values: allowed_values
            .iter()
            .map(|allowed| (*allowed).to_owned())
            .collect(),
    }
}
