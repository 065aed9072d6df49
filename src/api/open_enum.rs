//! Open enums: a variant for each known value, and one for all other values.

/// Defines an open enum of strings.
#[allow(unused_macros, reason = "without a tag there are no enums")]
macro_rules! open_enum {
    ($(#[$attribute:meta])* pub enum $name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $value, "`")] $variant,)*
            /// A value that this version of the SDK does not know.
            Other(::std::string::String),
        }

        impl $name {
            /// The values that this version of the SDK knows.
            pub const KNOWN: &'static [&'static str] = &[$($value),*];

            /// Returns the value as sent by Atlas.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                match value.as_str() {
                    $($value => Self::$variant,)*
                    _ => Self::Other(value),
                }
            }
        }

        impl ::std::convert::From<&Self> for $name {
            fn from(value: &Self) -> Self {
                value.clone()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(value.into())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)
                    .map(Self::from)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                // any text is valid; the known values document the field
                ::schemars::json_schema!({
                    "anyOf": [{ "type": "string", "enum": Self::KNOWN }, { "type": "string" }]
                })
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    #![expect(unreachable_pub, reason = "the macro makes public types")]

    open_enum! {
        /// Sizes.
        pub enum Size { Small = "SMALL", Large = "LARGE" }
    }

    #[test]
    fn unknown_values_round_trip() {
        for text in ["\"SMALL\"", "\"small\"", "\"HUGE\"", "\"\""] {
            let size: Size = serde_json::from_str(text).unwrap();

            assert_eq!(serde_json::to_string(&size).unwrap(), text);
        }
        assert_eq!(Size::from("SMALL"), Size::Small);
        assert_eq!(Size::from("small"), Size::Other("small".to_owned()));
        assert_eq!(Size::KNOWN, ["SMALL", "LARGE"]);
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn json_schema_accepts_unknown_values() {
        let schema = schemars::schema_for!(Size);

        let forms = &schema.as_value()["anyOf"];
        assert_eq!(forms[0]["enum"], serde_json::json!(["SMALL", "LARGE"]));
        assert_eq!(forms[1], serde_json::json!({"type": "string"}));
    }
}
