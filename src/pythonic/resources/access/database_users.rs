//! Database users of a project.

mod authentication_database;
mod database_role;

use std::ops::Deref;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::types,
    error::Result,
    operation,
    operations::Operation,
    pythonic::{
        paging::pager::Pager,
        resources::{
            define::resource,
            organization::projects::{Project, ProjectHandle},
        },
        responses::{endpoint::FromRecord, record::Record},
    },
    request::Call,
};

pub use authentication_database::AuthenticationDatabase;
pub use database_role::DatabaseRole;

resource! {
    /// The data of a [`DatabaseUser`], which the async and the blocking type share.
    pub struct DatabaseUserData(types::CloudDatabaseUser) {
        /// Returns the name, which is unique in its authentication database; empty if missing.
        username: &str = username,
        /// Returns the authentication database.
        database: AuthenticationDatabase = database_name,
        /// Returns the description.
        description: Option<&str> = description,
        /// Returns the time at which Atlas deletes the database user; `None` without an expiry.
        expires: Option<Timestamp> = delete_after_date,
    }
}

/// A database user returned by the API, without the password.
///
/// Dereferences to [`DatabaseUserData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct DatabaseUser {
    pub(crate) data: DatabaseUserData,
    #[serde(skip)]
    pub(crate) handle: DatabaseUserHandle,
}

impl Deref for DatabaseUser {
    type Target = DatabaseUserData;

    fn deref(&self) -> &DatabaseUserData {
        &self.data
    }
}

impl FromRecord<ProjectHandle> for DatabaseUser {
    type Api = types::CloudDatabaseUser;

    fn from_record(project: &ProjectHandle, record: Record<Self::Api>) -> Result<Self> {
        let data = DatabaseUserData::from_record(project, record)?;
        let handle = project.database_user(data.database(), data.username());
        Ok(Self { data, handle })
    }
}

impl DatabaseUserData {
    /// Returns the roles.
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

impl DatabaseUser {
    /// Returns the handle.
    pub fn handle(&self) -> DatabaseUserHandle {
        self.handle.clone()
    }

    /// Fetches the current data of the database user.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::get`].
    pub async fn refresh(&self) -> Result<Self> {
        self.handle.get().await
    }

    /// Updates the fields that `changes` contains. Lists, such as the roles, are replaced, not
    /// merged. The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::update`].
    pub async fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes).await
    }

    /// Deletes the database user.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::delete`].
    pub async fn delete(&self) -> Result<()> {
        self.handle.delete().await
    }

    /// Sets the password.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::set_password`].
    pub async fn set_password(&self, password: &str) -> Result<Self> {
        self.handle.set_password(password).await
    }
}

/// A handle to a database user, identified by authentication database and name.
#[derive(Clone, Debug)]
pub struct DatabaseUserHandle {
    pub(crate) project: ProjectHandle,
    pub(crate) database: AuthenticationDatabase,
    pub(crate) username: String,
}

impl DatabaseUserHandle {
    /// Returns the authentication database.
    pub fn database(&self) -> &AuthenticationDatabase {
        &self.database
    }

    /// Returns the name.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// Creates a call of an operation, with the path parameters of the resource.
    pub(crate) fn operation(&self, operation: &'static Operation) -> Call {
        self.project
            .operation(operation)
            .with("databaseName", &self.database)
            .with("username", &self.username)
    }
}

impl ProjectHandle {
    /// Returns a handle to the database user with this name and authentication database. Does not
    /// send a request.
    pub fn database_user(
        &self,
        database: AuthenticationDatabase,
        username: &str,
    ) -> DatabaseUserHandle {
        DatabaseUserHandle {
            project: self.clone(),
            database,
            username: username.to_owned(),
        }
    }

    /// Lists the database users.
    pub fn database_users(&self) -> Pager<DatabaseUser> {
        self.operation(operation::LIST_GROUP_DATABASE_USERS)
            .list(self)
    }

    /// Creates a database user from a JSON document, sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let temporary = serde_json::json!({
    ///     "username": "reports", "databaseName": "admin", "password": "correct horse",
    ///     "roles": [{"roleName": "read", "databaseName": "shop"}],
    ///     "deleteAfterDate": "2026-09-02T08:00:00Z",
    /// });
    /// let user = project.create_database_user(&temporary).await?;
    /// println!("{} expires at {:?}", user.username(), user.expires());
    /// # Ok(()) }) }
    /// ```
    pub async fn create_database_user(&self, document: &impl Serialize) -> Result<DatabaseUser> {
        let create = self.operation(operation::CREATE_GROUP_DATABASE_USER);
        create.with_document(document)?.fetch(self).await
    }

    /// Creates a database user with a password (SCRAM).
    ///
    /// # Errors
    ///
    /// See [`create_database_user`](Self::create_database_user).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// use mongodbatlas::DatabaseRole;
    ///
    /// let project = atlas.find_project("Storefront").await?.handle();
    /// let roles = [DatabaseRole::new("readWrite", "shop")];
    /// let user = project.create_password_user("app", "correct horse", &roles).await?;
    /// println!("{}@{}", user.username(), user.database());
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

impl Project {
    /// Lists the database users.
    ///
    /// See [`ProjectHandle::database_users`].
    pub fn database_users(&self) -> Pager<DatabaseUser> {
        self.handle.database_users()
    }
}

impl DatabaseUserHandle {
    /// Fetches the database user.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the user or the project does not exist,
    /// or any [request error](crate::Error#request-errors).
    pub async fn get(&self) -> Result<DatabaseUser> {
        self.operation(operation::GET_GROUP_DATABASE_USER)
            .fetch(&self.project)
            .await
    }

    /// Updates the fields that `changes` contains. Lists, such as the roles, are replaced, not
    /// merged. The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub async fn update(&self, changes: &impl Serialize) -> Result<DatabaseUser> {
        let update = self.operation(operation::UPDATE_GROUP_DATABASE_USER);
        update.with_document(changes)?.fetch(&self.project).await
    }

    /// Deletes the database user.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub async fn delete(&self) -> Result<()> {
        self.operation(operation::DELETE_GROUP_DATABASE_USER)
            .execute_delete()
            .await
    }

    /// Sets the password.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the password is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub async fn set_password(&self, password: &str) -> Result<DatabaseUser> {
        let changes = json!({ "password": password });
        self.update(&changes).await
    }
}
