//! The two kinds of types that every resource has, each written down once: what the server said
//! ([`view`]) and what can be done ([`handle`]).

/// Defines what the server says about something.
///
/// `in Parent` makes it carry what it belongs to, and with it a client; `id: Type = field` an id
/// without which an answer is not believed. Each line in the braces is an accessor: its name, what it
/// gives and the field of the generated layer from which it is read (see [`Read`](super::read::Read)).
macro_rules! view {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident($api:path) in $parent:ident $(, id: $id:ident = $id_field:ident)? {
            $($accessors:tt)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name<C = $crate::Atlas> {
            pub(crate) parent: $parent<C>,
            $(pub(crate) id: $id,)?
            record: $crate::pythonic::responses::record::Record<$api>,
        }

        impl $crate::pythonic::responses::endpoint::View<$parent> for $name {
            type Api = $api;

            fn new(
                parent: &$parent,
                record: $crate::pythonic::responses::record::Record<$api>,
            ) -> $crate::Result<Self> {
                Ok(Self {
                    parent: parent.clone(),
                    $(id: $crate::pythonic::responses::answer::id(record.value.$id_field.as_deref())?,)?
                    record,
                })
            }
        }

        impl<C, D> $crate::pythonic::resources::carrier::WithClient<D> for $name<C> {
            type Output = $name<D>;

            fn with_client(self, client: D) -> $name<D> {
                $name {
                    parent: self.parent.with_client(client),
                    $(id: { let id: $id = self.id; id },)?
                    record: self.record,
                }
            }
        }

        impl<C> $name<C> {
            $(
                /// The id.
                pub fn id(&self) -> &$id {
                    &self.id
                }
            )?

            $crate::pythonic::resources::define::accessors! { $api; $($accessors)* }
        }

        $crate::pythonic::resources::define::written! { [C] $name<C>, $api }
    };
    (
        $(#[$attribute:meta])*
        pub struct $name:ident($api:path) {
            $($accessors:tt)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name {
            record: $crate::pythonic::responses::record::Record<$api>,
        }

        impl<P> $crate::pythonic::responses::endpoint::View<P> for $name {
            type Api = $api;

            fn new(
                _: &P,
                record: $crate::pythonic::responses::record::Record<$api>,
            ) -> $crate::Result<Self> {
                Ok(Self { record })
            }
        }

        $crate::pythonic::resources::carrier::carries_none! { $name }

        impl $name {
            $crate::pythonic::resources::define::accessors! { $api; $($accessors)* }
        }

        $crate::pythonic::resources::define::written! { [] $name, $api }
    };
}

/// The accessors of a view, and the two that every view has.
macro_rules! accessors {
    (
        $api:path;
        $($(#[$attribute:meta])* $accessor:ident: $type:ty = $field:ident,)*
    ) => {
        $(
            $(#[$attribute])*
            pub fn $accessor(&self) -> $type {
                $crate::pythonic::responses::read::Read::read(&self.record.value.$field)
            }
        )*

        /// All fields, in the words of the generated layer.
        pub fn as_api(&self) -> &$api {
            &self.record.value
        }

        /// Exactly what the server sent.
        pub fn document(&self) -> &$crate::Document {
            &self.record.document
        }
    };
}

/// Writes a view as its document, and describes it as the type that it was read into.
macro_rules! written {
    ([$($client:ident)?] $name:ty, $api:path) => {
        impl<$($client)?> serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.record.document.serialize(serializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl<$($client)?> schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$api as schemars::JsonSchema>::schema_name()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$api as schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}

/// Defines what can be done with something beneath another thing.
///
/// Each line is a field, its type and the name of the parameter in which operations take it.
macro_rules! handle {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident in $parent:ident {
            $($(#[$doc:meta])* $field:ident: $type:ident => $parameter:literal,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $name<C = $crate::Atlas> {
            pub(crate) parent: $parent<C>,
            $($field: $type,)*
        }

        impl<C> $name<C> {
            $(
                $(#[$doc])*
                pub fn $field(&self) -> &$crate::pythonic::resources::define::shown!($type) {
                    &self.$field
                }
            )*
        }

        impl $name {
            /// Creates a call of an operation on the resource.
            pub(crate) fn operation(
                &self,
                operation: &'static $crate::operations::Operation,
            ) -> $crate::request::Call {
                let call = self.parent.operation(operation);
                call$(.with($parameter, &self.$field))*
            }
        }

        impl<C> $crate::pythonic::resources::carrier::Carrier for $name<C> {
            type Client = C;

            fn client(&self) -> &C {
                self.parent.client()
            }
        }

        impl<C, D> $crate::pythonic::resources::carrier::WithClient<D> for $name<C> {
            type Output = $name<D>;

            fn with_client(self, client: D) -> $name<D> {
                $name {
                    parent: self.parent.with_client(client),
                    $($field: self.$field,)*
                }
            }
        }
    };
}

/// What an accessor shows of a field of this type.
macro_rules! shown {
    (String) => {
        str
    };
    ($type:ident) => {
        $type
    };
}

pub(crate) use {accessors, handle, shown, view, written};
