//! Ids that are checked once and cannot be taken for one another.

use std::{fmt, str::FromStr};

use crate::error::{Error, ErrorKind, Result};

/// How many hexadecimal digits an id has.
const DIGITS: usize = 24;

/// Defines an id type.
macro_rules! id {
    ($(#[$attribute:meta])* $name:ident, $noun:literal) => {
        $(#[$attribute])*
        ///
        /// Parsing accepts 24 hexadecimal digits and writes them in lower case.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Box<str>);

        impl $name {
            /// The digits.
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
    /// The id of a project, which Atlas's own documents call a group.
    ///
    /// ```
    /// use mongodbatlas::ProjectId;
    ///
    /// let id: ProjectId = "5A0A1E7E0F2912C554080ADC".parse()?;
    /// assert_eq!(id.to_string(), "5a0a1e7e0f2912c554080adc");
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
    /// The id of an API key, which is not its public half.
    ApiKeyId, "API key"
}
id! {
    /// The id of a team.
    TeamId, "team"
}
id! {
    /// The id of a person who can log in.
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
    /// The id of a job that restores a snapshot.
    RestoreJobId, "restore job"
}
id! {
    /// The id of an alert.
    AlertId, "alert"
}
id! {
    /// The id of what is configured to raise alerts.
    AlertConfigurationId, "alert configuration"
}
id! {
    /// The id of an invoice.
    InvoiceId, "invoice"
}

fn parse(text: &str, noun: &str) -> Result<Box<str>> {
    if text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
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
        "{article} {noun} id has {DIGITS} hexadecimal digits"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_24_hexadecimal_digits_are_an_id() {
        let good = "5a0a1e7e0f2912c554080adc";
        assert_eq!(good.parse::<ClusterId>().unwrap().as_str(), good);

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
