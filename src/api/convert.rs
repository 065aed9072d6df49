//! Conversions in the setters of the generated builders.
//!
//! A setter keeps the error about a value that does not fit; the call reports it when it is sent.

use std::fmt::Display;

/// Converts a value for the field `field` of a request body.
pub(super) fn convert<T, V>(value: V, field: &str) -> Result<T, String>
where
    V: TryInto<T>,
    V::Error: Display,
{
    let converted = value.try_into();
    converted.map_err(|error| format!("the value of `{field}` does not fit: {error}"))
}

/// Converts a value and stores it in a field of the struct that a builder holds. Keeps the first error
/// in `first_error`.
pub(super) fn set_field<T, V>(
    place: &mut T,
    value: V,
    field: &str,
    first_error: &mut Option<String>,
) where
    V: TryInto<T>,
    V::Error: Display,
{
    match convert(value, field) {
        Ok(value) => *place = value,
        Err(error) => drop(first_error.get_or_insert(error)),
    }
}

/// Converts a value for the parameter `name` of a call.
pub(super) fn convert_parameter<T, V: TryInto<T>>(value: V, name: &str) -> Result<T, String> {
    let converted = value.try_into();
    converted.map_err(|_| format!("the value of the parameter `{name}` does not fit"))
}
