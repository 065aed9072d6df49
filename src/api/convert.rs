//! Conversions in the setters of the generated builders.
//!
//! A setter stores the error of an invalid value, and `send` returns it.

use std::fmt::Display;

/// Converts a value for the field `field` of a request body.
pub(super) fn convert<T, V>(value: V, field: &str) -> Result<T, String>
where
    V: TryInto<T>,
    V::Error: Display,
{
    let converted = value.try_into();
    converted.map_err(|error| format!("invalid value for `{field}`: {error}"))
}

/// Converts a value and stores it in a field of the builder's struct. Stores the first error in
/// `first_error`.
pub(super) fn set_field<T, V>(
    target: &mut T,
    value: V,
    field: &str,
    first_error: &mut Option<String>,
) where
    V: TryInto<T>,
    V::Error: Display,
{
    match convert(value, field) {
        Ok(value) => *target = value,
        Err(error) => drop(first_error.get_or_insert(error)),
    }
}

/// Converts a value for the parameter `name` of a call.
pub(super) fn convert_parameter<T, V: TryInto<T>>(value: V, name: &str) -> Result<T, String> {
    let converted = value.try_into();
    converted.map_err(|_| format!("invalid value for parameter `{name}`"))
}
