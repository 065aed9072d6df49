//! The macro for open enums of the facade.

/// Defines an open enum that accessors can return.
macro_rules! value {
    ($(#[$attribute:meta])* pub enum $name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        $crate::api::open_enum! {
            $(#[$attribute])*
            pub enum $name { $($variant = $value),* }
        }

        /// Reads a value; a missing one is empty.
        impl<F: AsRef<str>> $crate::pythonic::responses::read::Read<'_, Option<F>> for $name {
            fn read(field: &Option<F>) -> Self {
                field.as_ref().map(AsRef::as_ref).unwrap_or_default().into()
            }
        }

        impl<F: AsRef<str>> $crate::pythonic::responses::read::Read<'_, Option<Vec<F>>>
            for Vec<$name>
        {
            fn read(field: &Option<Vec<F>>) -> Self {
                let values = field.iter().flatten();
                values.map(|value| value.as_ref().into()).collect()
            }
        }
    };
}

pub(crate) use value;
