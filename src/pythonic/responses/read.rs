//! Conversions from fields of generated types to the return types of accessors.

use jiff::Timestamp;

use crate::pythonic::responses::time;

/// Converts a field of a generated type to the return type of an accessor.
///
/// A field can be absent or have an unexpected value, because responses are decoded leniently. Text and lists are then
/// empty, flags are `false`, and other values are `None`.
pub(crate) trait Read<'a, F> {
    fn read(field: &'a F) -> Self;
}

impl<'a, F: AsRef<str>> Read<'a, Option<F>> for &'a str {
    fn read(field: &'a Option<F>) -> Self {
        field.as_ref().map(AsRef::as_ref).unwrap_or_default()
    }
}

impl<'a, F: AsRef<str>> Read<'a, Option<F>> for Option<&'a str> {
    fn read(field: &'a Option<F>) -> Self {
        field.as_ref().map(AsRef::as_ref)
    }
}

impl<'a, F: AsRef<str>> Read<'a, Option<Vec<F>>> for Vec<&'a str> {
    fn read(field: &'a Option<Vec<F>>) -> Self {
        field.iter().flatten().map(AsRef::as_ref).collect()
    }
}

impl Read<'_, Option<String>> for Option<Timestamp> {
    fn read(field: &Option<String>) -> Self {
        time::parse(field.as_deref()?)
    }
}

impl Read<'_, Option<Self>> for bool {
    fn read(field: &Option<Self>) -> Self {
        field.unwrap_or_default()
    }
}

impl<F: Copy + TryInto<u64>> Read<'_, Option<F>> for Option<u64> {
    fn read(field: &Option<F>) -> Self {
        field.and_then(|number| number.try_into().ok())
    }
}

impl<F: Copy + Into<i64>> Read<'_, Option<F>> for Option<i64> {
    fn read(field: &Option<F>) -> Self {
        field.map(Into::into)
    }
}

impl<'a, F> Read<'a, Option<F>> for Option<&'a F> {
    fn read(field: &'a Option<F>) -> Self {
        field.as_ref()
    }
}
