//! Database users: list, get, create (with their project), update, delete.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::pythonic::{
    paging::pager::Pager,
    resources::{
        define::{handle, view},
        organization::projects::ProjectHandle,
    },
};
use crate::{api::types, error::Result, operation};

view! {
    /// A database user, as the server described it; the password is never among that.
    pub struct DatabaseUser(types::CloudDatabaseUser) in ProjectHandle {
        /// The name, which is unique in its authentication database; empty if the server sent none.
        username: &str = username,
        /// The database against which it authenticates: `admin`, or `$external` for certificates,
        /// cloud roles, LDAP and OIDC.
        database: &str = database_name,
        /// What somebody wrote about it.
        description: Option<&str> = description,
        /// When Atlas will delete it; none if it stays.
        expires: Option<Timestamp> = delete_after_date,
    }
}

impl<C> DatabaseUser<C> {
    /// Its roles: what it may do, on which database and, for few roles, on which collection.
    pub fn roles(&self) -> impl Iterator<Item = DatabaseRole> {
        let roles = self.as_api().roles.iter().flatten();
        roles.map(|role| DatabaseRole {
            name: role
                .role_name
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            database: role.database_name.clone().unwrap_or_default(),
            collection: role.collection_name.clone(),
        })
    }
}

impl<C: Clone> DatabaseUser<C> {
    /// What can be done with it.
    pub fn handle(&self) -> DatabaseUserHandle<C> {
        self.parent.database_user(self.database(), self.username())
    }
}

handle! {
    /// What can be done with a database user, which is known by its authentication database and its
    /// name.
    pub struct DatabaseUserHandle in ProjectHandle {
        /// The database against which it authenticates.
        database: String => "databaseName",
        /// The name.
        username: String => "username",
    }
}

/// What a database user may do, such as `readWrite` on `shop`.
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
    /// The one collection to which it is limited; none means all.
    #[serde(rename = "collectionName", skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

impl DatabaseRole {
    /// The role of this name on a database.
    ///
    /// ```
    /// use mongodbatlas::DatabaseRole;
    ///
    /// let role = DatabaseRole::new("readWrite", "shop");
    /// assert_eq!(role.collection, None);
    /// ```
    pub fn new(name: impl Into<String>, database: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            database: database.into(),
            collection: None,
        }
    }

    /// Limits the role to one collection.
    ///
    /// ```
    /// use mongodbatlas::DatabaseRole;
    ///
    /// let role = DatabaseRole::new("readWrite", "shop").with_collection("orders");
    /// assert_eq!(role.collection.as_deref(), Some("orders"));
    /// ```
    #[must_use]
    pub fn with_collection(self, collection: impl Into<String>) -> Self {
        Self {
            collection: Some(collection.into()),
            ..self
        }
    }
}

impl<C: Clone> ProjectHandle<C> {
    /// The database user of this name, which authenticates against this database (mostly `admin`);
    /// nothing is sent before something is asked of it.
    pub fn database_user(&self, database: &str, username: &str) -> DatabaseUserHandle<C> {
        DatabaseUserHandle {
            parent: self.clone(),
            database: database.to_owned(),
            username: username.to_owned(),
        }
    }
}

impl ProjectHandle {
    /// Its database users.
    pub fn database_users(&self) -> Pager<DatabaseUser> {
        self.operation(operation::LIST_GROUP_DATABASE_USERS)
            .list(self)
    }

    /// Creates a database user from a JSON document, which is sent as it is.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, a conflict if the name is taken, and what
    /// a call can end with.
    pub async fn create_database_user(&self, document: &impl Serialize) -> Result<DatabaseUser> {
        let create = self.operation(operation::CREATE_GROUP_DATABASE_USER);
        create.with_document(document)?.one(self).await
    }

    /// Creates a database user who logs in with a password (SCRAM).
    ///
    /// # Errors
    ///
    /// As [`create_database_user`](Self::create_database_user).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::DatabaseRole;
    /// use serde_json::json;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let roles = [DatabaseRole::new("readWrite", "shop")];
    /// let created = project.create_password_user("app", "correct horse", &roles).await?;
    /// let user = project.database_user(created.handle().database(), created.handle().username());
    /// user.set_password("battery staple").await?;
    /// user.update(&json!({"description": "the shop itself"})).await?;
    /// assert_eq!(user.get().await?.description(), Some("the shop itself"));
    ///
    /// // everything else that a user can be made of
    /// project
    ///     .create_database_user(&json!({
    ///         "username": "reports", "databaseName": "admin", "password": "correct horse",
    ///         "roles": [{"roleName": "read", "databaseName": "shop"}],
    ///         "deleteAfterDate": "2100-01-01T00:00:00Z",
    ///     }))
    ///     .await?;
    /// for user in project.database_users().collect().await? {
    ///     println!("{}@{} until {:?}", user.username(), user.database(), user.expires());
    ///     assert!(user.roles().count() > 0);
    /// }
    /// user.delete().await?;
    /// # Ok(()) }) }
    /// ```
    pub async fn create_password_user(
        &self,
        username: &str,
        password: &str,
        roles: &[DatabaseRole],
    ) -> Result<DatabaseUser> {
        let document = json!({
            "databaseName": "admin",
            "groupId": self.id,
            "username": username,
            "password": password,
            "roles": roles,
        });
        self.create_database_user(&document).await
    }
}

impl DatabaseUserHandle {
    /// Fetches the database user.
    ///
    /// # Errors
    ///
    /// Not found for an unknown user or project, and what a call can end with.
    pub async fn get(&self) -> Result<DatabaseUser> {
        self.operation(operation::GET_GROUP_DATABASE_USER)
            .one(&self.parent)
            .await
    }

    /// Changes the fields that a JSON document holds; it is sent as it is. Lists, such as the roles,
    /// are replaced as a whole.
    ///
    /// # Errors
    ///
    /// Rejected for a document that Atlas does not take, and what a call can end with.
    pub async fn update(&self, changes: &impl Serialize) -> Result<DatabaseUser> {
        let update = self.operation(operation::UPDATE_GROUP_DATABASE_USER);
        update.with_document(changes)?.one(&self.parent).await
    }

    /// Deletes the database user.
    ///
    /// # Errors
    ///
    /// What a call can end with.
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_DATABASE_USER)
            .deleted()
            .await
    }

    /// Gives the user another password.
    ///
    /// # Errors
    ///
    /// Rejected for a password that Atlas does not take, and what a call can end with.
    pub async fn set_password(&self, password: &str) -> Result<DatabaseUser> {
        let changes = json!({ "password": password });
        self.update(&changes).await
    }
}
