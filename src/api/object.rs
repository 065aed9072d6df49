//! Reading and writing of the generated structs that keep the fields they do not know.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
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

    /// Writes the fields that the type knows.
    fn put<M: SerializeMap>(&self, writer: &mut Writer<M>);

    /// The fields that the type does not know.
    fn extra(&self) -> &Map<String, Value>;

    /// The fields that the type does not know, to add to.
    fn extra_mut(&mut self) -> &mut Map<String, Value>;
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
                object.extra_mut().insert(field.into_owned(), value);
            }
        }
        Ok(object)
    }
}

/// A key, borrowed from the text where nothing in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Writes fields until one fails.
pub(super) struct Writer<M: SerializeMap> {
    entries: M,
    written: Result<(), M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes a field that is there.
    #[expect(clippy::ref_option, reason = "a thousand calls of it take less code")]
    pub(super) fn put<T: Serialize>(&mut self, field: &str, value: &Option<T>) {
        if let (Some(value), Ok(())) = (value, &self.written) {
            self.written = self.entries.serialize_entry(field, value);
        }
    }
}

/// Writes the fields that are there, and after those that are known the others.
pub(super) fn write_object<T, S>(object: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Object,
    S: Serializer,
{
    let entries = serializer.serialize_map(None)?;
    let mut writer = Writer {
        entries,
        written: Ok(()),
    };
    object.put(&mut writer);
    let Writer {
        mut entries,
        written,
    } = writer;
    written?;
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
    fn what_is_there_is_written_the_known_fields_first() {
        let error = read(r#"{"new": null, "parameters": [], "errorCode": "a", "detail": null}"#);

        assert_eq!(
            serde_json::to_string(&error.unwrap()).unwrap(),
            r#"{"errorCode":"a","parameters":[],"new":null}"#
        );
        assert_eq!(serde_json::to_string(&ApiError::default()).unwrap(), "{}");
    }

    #[test]
    fn the_first_error_of_writing_is_told() {
        struct Full(usize);
        impl std::io::Write for Full {
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

        for room in [0, 5, 20] {
            let told = serde_json::to_writer(Full(room), &error).unwrap_err();

            assert_eq!(told.io_error_kind(), Some(std::io::ErrorKind::StorageFull));
        }
    }

    #[test]
    fn another_shape_is_told_with_the_name_of_the_type() {
        let error = read("[1]").unwrap_err().to_string();
        assert!(error.contains("expected struct ApiError"), "{error}");

        let error = read(r#"{"detail": 1}"#).unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{error}");
    }
}
