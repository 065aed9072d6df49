//! Validated ids, one type for each kind of resource.

use std::{fmt, str::FromStr};

use crate::error::{Error, ErrorKind, Result};

/// Number of hexadecimal digits of an id.
const ID_LENGTH: usize = 24;

/// Defines an id type.
macro_rules! id {
    ($(#[$attribute:meta])* $name:ident, $noun:literal) => {
        $(#[$attribute])*
        ///
        /// Parsing accepts 24 hexadecimal digits and writes them in lower case.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Box<str>);

        impl $name {
            /// Returns the id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                parse(text, $noun).map(Self)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Error;

            fn try_from(text: &str) -> Result<Self> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;

            fn try_from(text: String) -> Result<Self> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        #[cfg(feature = "core")]
        impl crate::pythonic::responses::read::Read<'_, Option<String>> for Option<$name> {
            fn read(field: &Option<String>) -> Self {
                field.as_deref()?.parse().ok()
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{24}$" })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id! {
    /// The id of an organization.
    OrganizationId, "organization"
}
id! {
    /// The id of a project, which the documentation of Atlas calls a group.
    ///
    /// ```
    /// use mongodbatlas::ProjectId;
    ///
    /// let id: ProjectId = "5A0A1E7E0F2912C554080ADC".parse()?;
    /// assert_eq!(id.as_str(), "5a0a1e7e0f2912c554080adc");
    /// assert_eq!(ProjectId::try_from("5a0a1e7e0f2912c554080adc")?, id);
    ///
    /// let error = "Project 0".parse::<ProjectId>().unwrap_err();
    /// assert_eq!(error.to_string(), "`Project 0` is not a project id");
    /// # Ok::<(), mongodbatlas::Error>(())
    /// ```
    ProjectId, "project"
}
id! {
    /// The id of a cluster.
    ClusterId, "cluster"
}
id! {
    /// The id of an API key. It differs from the public key.
    ApiKeyId, "API key"
}
id! {
    /// The id of a team.
    TeamId, "team"
}
id! {
    /// The id of a user.
    UserId, "user"
}
id! {
    /// The id of an event.
    EventId, "event"
}
id! {
    /// The id of a search index.
    SearchIndexId, "search index"
}
id! {
    /// The id of a backup snapshot.
    SnapshotId, "snapshot"
}
id! {
    /// The id of a restore job.
    RestoreJobId, "restore job"
}
id! {
    /// The id of an alert.
    AlertId, "alert"
}
id! {
    /// The id of an alert configuration.
    AlertConfigurationId, "alert configuration"
}
id! {
    /// The id of an invoice.
    InvoiceId, "invoice"
}

fn parse(text: &str, noun: &str) -> Result<Box<str>> {
    if text.len() == ID_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(text.to_ascii_lowercase().into());
    }
    let article = if noun.starts_with(['A', 'a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    Err(Error::new(
        ErrorKind::InvalidInput,
        format!("`{text}` is not {article} {noun} id"),
    )
    .with_hint(format!(
        "{article} {noun} id has {ID_LENGTH} hexadecimal digits"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_accepts_24_hexadecimal_digits_only() {
        let good = "5a0a1e7e0f2912c554080adc";
        let id: ClusterId = good.parse().unwrap();
        assert_eq!(id.as_str(), good);
        assert_eq!(ClusterId::try_from(good.to_owned()).unwrap(), id);
        assert_eq!(String::from(id), good);

        for bad in [
            "",
            "5a0a1e7e0f2912c554080ad",
            "5a0a1e7e0f2912c554080adcc",
            "Ünïcødé-24-bytes-l",
        ] {
            let error = bad.parse::<OrganizationId>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert!(
                error.to_string().contains(bad) && error.hint().is_some(),
                "{error}"
            );
        }
    }
}
