//! Reading of the generated structs that keep the fields they do not know.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value};

/// A struct of which every field may be absent, and which keeps those that it does not know.
pub(super) trait Object: Default {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// Takes the value that comes next if the field is known; false leaves it where it is.
    fn set<'de, A: MapAccess<'de>>(
        &mut self,
        field: &str,
        entries: &mut A,
    ) -> Result<bool, A::Error>;

    /// The fields that the type does not know.
    fn extra(&mut self) -> &mut Map<String, Value>;
}

/// Takes the next value for a field.
pub(super) fn set<'de, T, A>(place: &mut T, entries: &mut A) -> Result<bool, A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    *place = entries.next_value()?;
    Ok(true)
}

/// Reads an object with any fields in any order; of a field that comes twice the last value counts.
pub(super) fn read_object<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(Fields(PhantomData))
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let mut object = T::default();
        while let Some(Key(field)) = entries.next_key()? {
            if !object.set(&field, &mut entries)? {
                let value = entries.next_value()?;
                object.extra().insert(field.into_owned(), value);
            }
        }
        Ok(object)
    }
}

/// A key, borrowed from the text where nothing in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use crate::api::types::ApiError;

    fn read(text: &str) -> serde_json::Result<ApiError> {
        serde_json::from_str(text)
    }

    #[test]
    fn known_and_unknown_fields_come_in_any_order_and_escaped() {
        let error = read(r#"{"new": [1, null], "d\u0065tail": "first", "error": 404}"#).unwrap();

        assert_eq!(error.detail.as_deref(), Some("first"));
        assert_eq!(error.error, Some(404));
        assert_eq!(error.extra["new"], serde_json::json!([1, null]));
        assert_eq!(error.extra.len(), 1);
    }

    #[test]
    fn nulls_are_absent_and_the_last_of_two_values_counts() {
        let error = read(r#"{"detail": null, "reason": "a", "reason": "b"}"#).unwrap();

        assert_eq!(error.detail, None);
        assert_eq!(error.reason.as_deref(), Some("b"));
    }

    #[test]
    fn another_shape_is_told_with_the_name_of_the_type() {
        let error = read("[1]").unwrap_err().to_string();
        assert!(error.contains("expected struct ApiError"), "{error}");

        let error = read(r#"{"detail": 1}"#).unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{error}");
    }
}
