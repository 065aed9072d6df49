//! The macro for the data types of resources.

/// Defines the data type of a resource: a struct with accessors that serializes to its JSON
/// document.
///
/// `id: Type = field` adds a required id. Each line in the braces is an accessor: name, return type
/// and field of the generated type. [`Read`](crate::pythonic::responses::read::Read) converts the
/// field.
macro_rules! resource {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident($api:path) $(, id: $id:ident = $id_field:ident)? {
            $($(#[$doc:meta])* $accessor:ident: $type:ty = $field:ident,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $(id: $id,)?
            record: $crate::pythonic::responses::record::Record<$api>,
        }

        impl $name {
            $(
                /// Returns the id.
                pub fn id(&self) -> &$id {
                    &self.id
                }
            )?

            $(
                $(#[$doc])*
                pub fn $accessor(&self) -> $type {
                    $crate::pythonic::responses::read::Read::read(&self.record.value.$field)
                }
            )*

            /// Returns the generated type with every field.
            pub fn as_api(&self) -> &$api {
                &self.record.value
            }

            /// Returns the JSON document exactly as Atlas sent it.
            pub fn document(&self) -> &$crate::Document {
                &self.record.document
            }
        }

        impl<P> $crate::pythonic::responses::endpoint::FromRecord<P> for $name {
            type Api = $api;

            fn from_record(
                _: &P,
                record: $crate::pythonic::responses::record::Record<$api>,
            ) -> $crate::Result<Self> {
                Ok(Self {
                    $(id: $crate::pythonic::responses::required::id::<$id>(
                        record.value.$id_field.as_deref(),
                    )?,)?
                    record,
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.record.document.serialize(serializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$api as schemars::JsonSchema>::schema_name()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$api as schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}

pub(crate) use resource;
