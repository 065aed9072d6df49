//! Serialization of the generated structs, which keep unknown fields.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Map, Value};

/// A struct of optional fields with a map of unknown fields.
pub(super) trait Object: Default {
    /// Name of the type, for errors.
    const NAME: &'static str;

    /// Reads the next value into a known field. Returns `false`, without reading, for an unknown field.
    fn set<'de, A: MapAccess<'de>>(
        &mut self,
        field: &str,
        entries: &mut A,
    ) -> Result<bool, A::Error>;

    /// Writes the known fields.
    fn put<M: SerializeMap>(&self, writer: &mut Writer<M>);

    /// Returns the unknown fields.
    fn extra(&self) -> &Map<String, Value>;

    /// Returns the unknown fields, mutably.
    fn extra_mut(&mut self) -> &mut Map<String, Value>;
}

/// Reads the next value into a field.
pub(super) fn set<'de, T, A>(field: &mut T, entries: &mut A) -> Result<bool, A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    *field = entries.next_value()?;
    Ok(true)
}

/// Reads an object. The last value of a repeated field is used.
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
                object.extra_mut().insert(field.into_owned(), value);
            }
        }
        Ok(object)
    }
}

/// A key, borrowed from the text unless it contains escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Writes fields until the first error.
pub(super) struct Writer<M: SerializeMap> {
    entries: M,
    outcome: Result<(), M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes a field unless it is `None`.
    #[expect(clippy::ref_option, reason = "reduces the code of thousands of calls")]
    pub(super) fn put<T: Serialize>(&mut self, field: &str, value: &Option<T>) {
        if let (Some(value), Ok(())) = (value, &self.outcome) {
            self.outcome = self.entries.serialize_entry(field, value);
        }
    }
}

/// Writes the known fields, then the unknown ones.
pub(super) fn write_object<T, S>(object: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Object,
    S: Serializer,
{
    let entries = serializer.serialize_map(None)?;
    let mut writer = Writer {
        entries,
        outcome: Ok(()),
    };
    object.put(&mut writer);
    let Writer {
        mut entries,
        outcome,
    } = writer;
    outcome?;
    for (field, value) in object.extra() {
        entries.serialize_entry(field, value)?;
    }
    entries.end()
}

#[cfg(test)]
mod tests {
    use crate::api::types::ApiError;

    fn read(text: &str) -> serde_json::Result<ApiError> {
        serde_json::from_str(text)
    }

    #[test]
    fn reads_known_and_unknown_fields_in_any_order() {
        let error = read(r#"{"new": [1, null], "d\u0065tail": "first", "error": 404}"#).unwrap();

        assert_eq!(error.detail.as_deref(), Some("first"));
        assert_eq!(error.error, Some(404));
        assert_eq!(error.extra["new"], serde_json::json!([1, null]));
        assert_eq!(error.extra.len(), 1);
    }

    #[test]
    fn reads_null_as_absent_and_the_last_of_repeated_fields() {
        let error = read(r#"{"detail": null, "reason": "a", "reason": "b"}"#).unwrap();

        assert_eq!(error.detail, None);
        assert_eq!(error.reason.as_deref(), Some("b"));
    }

    #[test]
    fn writes_known_fields_before_unknown_ones() {
        let error = read(r#"{"new": null, "parameters": [], "errorCode": "a", "detail": null}"#);

        assert_eq!(
            serde_json::to_string(&error.unwrap()).unwrap(),
            r#"{"errorCode":"a","parameters":[],"new":null}"#
        );
        assert_eq!(serde_json::to_string(&ApiError::default()).unwrap(), "{}");
    }

    #[test]
    fn write_returns_the_first_error() {
        struct Limited(usize);
        impl std::io::Write for Limited {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0 = self
                    .0
                    .checked_sub(bytes.len())
                    .ok_or(std::io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let error = read(r#"{"detail": "no", "error": 404, "reason": "none"}"#).unwrap();

        for capacity in [0, 5, 20] {
            let failure = serde_json::to_writer(Limited(capacity), &error).unwrap_err();

            let kind = failure.io_error_kind();
            assert_eq!(kind, Some(std::io::ErrorKind::StorageFull));
        }
    }

    #[test]
    fn type_error_contains_the_name_of_the_type() {
        let error = read("[1]").unwrap_err().to_string();
        assert!(error.contains("expected struct ApiError"), "{error}");

        let error = read(r#"{"detail": 1}"#).unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{error}");
    }
}
