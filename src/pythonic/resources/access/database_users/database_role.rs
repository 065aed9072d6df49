//! Roles of database users.

use serde::Serialize;

/// A role of a database user, such as `readWrite` on `shop`.
///
/// ```
/// use mongodbatlas::DatabaseRole;
///
/// let role = DatabaseRole::new("readWrite", "shop").with_collection("orders");
/// assert_eq!(role.collection.as_deref(), Some("orders"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DatabaseRole {
    /// The role's name, such as `readWrite` or `readWriteAnyDatabase`.
    #[serde(rename = "roleName")]
    pub name: String,
    /// The database; `admin` for roles on any database.
    #[serde(rename = "databaseName")]
    pub database: String,
    /// The collection to which the role is limited; `None`: all collections.
    #[serde(rename = "collectionName", skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

impl DatabaseRole {
    /// Creates a role on a database.
    pub fn new(name: impl Into<String>, database: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            database: database.into(),
            collection: None,
        }
    }

    /// Limits the role to one collection.
    #[must_use]
    pub fn with_collection(self, collection: impl Into<String>) -> Self {
        Self {
            collection: Some(collection.into()),
            ..self
        }
    }
}
