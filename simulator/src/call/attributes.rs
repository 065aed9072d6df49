//! Reads the fields of a request body. Errors contain the path of the invalid field.

use serde_json::{Map, Value};

use crate::call::error::ApiError;

/// An object in a request body, with its path.
#[derive(Clone, Debug)]
pub(crate) struct Attributes<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Attributes<'a> {
    /// Returns the top-level object of a body.
    pub(crate) const fn new(object: &'a Map<String, Value>) -> Self {
        Self {
            object,
            path: String::new(),
        }
    }

    /// Returns the path of a field, as in error messages.
    pub(crate) fn name(&self, field: &str) -> String {
        if self.path.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.path)
        }
    }

    /// Returns the object as a JSON document.
    pub(crate) fn document(&self) -> Value {
        Value::Object(self.object.clone())
    }

    /// Returns `true` if the object contains a non-null field other than `field`.
    pub(crate) fn has_fields_except(&self, field: &str) -> bool {
        let mut fields = self.object.iter();
        fields.any(|(name, value)| name != field && !value.is_null())
    }

    /// Returns the value of a field, or `None` if it is missing or null.
    fn value(&self, field: &str) -> Option<&'a Value> {
        self.object.get(field).filter(|value| !value.is_null())
    }

    fn read<T>(
        &self,
        field: &str,
        expected: &str,
        convert: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        convert(value)
            .map(Some)
            .ok_or_else(|| ApiError::invalid_attribute(&self.name(field), expected))
    }

    pub(crate) fn string(&self, field: &str) -> Result<Option<&'a str>, ApiError> {
        self.read(field, "a string", Value::as_str)
    }

    pub(crate) fn required_string(&self, field: &str) -> Result<&'a str, ApiError> {
        self.string(field)?
            .ok_or_else(|| ApiError::missing_attribute(&self.name(field)))
    }

    pub(crate) fn boolean(&self, field: &str) -> Result<Option<bool>, ApiError> {
        self.read(field, "a boolean", Value::as_bool)
    }

    pub(crate) fn integer(&self, field: &str) -> Result<Option<u64>, ApiError> {
        self.read(field, "a whole number", Value::as_u64)
    }

    pub(crate) fn number(&self, field: &str) -> Result<Option<f64>, ApiError> {
        self.read(field, "a number", Value::as_f64)
    }

    /// Returns the value of a field with an enumeration.
    pub(crate) fn enum_value(
        &self,
        field: &str,
        words: &[&'static str],
    ) -> Result<Option<&'static str>, ApiError> {
        let Some(text) = self.string(field)? else {
            return Ok(None);
        };
        let allowed_value = words.iter().copied().find(|word| *word == text);
        allowed_value
            .map(Some)
            .ok_or_else(|| ApiError::invalid_enum_value(&self.name(field), text, words))
    }

    /// Returns a nested object.
    pub(crate) fn object(&self, field: &str) -> Result<Option<Self>, ApiError> {
        let object = self.read(field, "an object", Value::as_object)?;
        Ok(object.map(|object| Self {
            object,
            path: self.name(field),
        }))
    }

    pub(crate) fn required_object(&self, field: &str) -> Result<Self, ApiError> {
        self.object(field)?
            .ok_or_else(|| ApiError::missing_attribute(&self.name(field)))
    }

    /// Returns a list of objects.
    pub(crate) fn objects(&self, field: &str) -> Result<Option<Vec<Self>>, ApiError> {
        let Some(list) = self.read(field, "a list", Value::as_array)? else {
            return Ok(None);
        };
        let name = self.name(field);
        list.iter()
            .enumerate()
            .map(|(index, value)| {
                let path = format!("{name}[{index}]");
                match value.as_object() {
                    Some(object) => Ok(Self { object, path }),
                    None => Err(ApiError::invalid_attribute(&path, "an object")),
                }
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Returns all nested objects. Use it for objects whose field names are data.
    pub(crate) fn entries(&self) -> Result<Vec<(&'a str, Self)>, ApiError> {
        let entries = self.object.keys().map(String::as_str);
        entries
            .map(|name| Ok((name, self.required_object(name)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn error_contains_the_path_of_a_nested_field() {
        let body = json!({ "specs": [{}, { "region": { "priority": "high" } }] });
        let attributes = Attributes::new(body.as_object().unwrap());

        let specs = attributes.objects("specs").unwrap().unwrap();
        let region = specs[1].required_object("region").unwrap();
        let error = region.integer("priority").unwrap_err();

        assert_eq!(error.code(), "INVALID_ATTRIBUTE");
        assert_eq!(
            error.document()["parameters"],
            json!(["specs[1].region.priority"])
        );
    }

    #[test]
    fn null_counts_as_missing() {
        let body = json!({ "name": null });
        let attributes = Attributes::new(body.as_object().unwrap());

        assert_eq!(attributes.string("name").unwrap(), None);
        assert_eq!(
            attributes.required_string("name").unwrap_err().code(),
            "MISSING_ATTRIBUTE"
        );
    }
}
