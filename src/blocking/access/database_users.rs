//! Database users of a project, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::{
    blocking::{
        client::{Atlas, IntoBlocking},
        organization::projects::{Project, ProjectHandle},
        paging::Items,
    },
    error::Result,
    pythonic::resources::access::database_users::{
        AuthenticationDatabase, DatabaseRole, DatabaseUserData,
    },
};

/// A database user returned by the API, without the password; the blocking counterpart of
/// [`DatabaseUser`](crate::DatabaseUser).
///
/// Dereferences to [`DatabaseUserData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct DatabaseUser {
    data: DatabaseUserData,
    #[serde(skip)]
    pub(crate) handle: DatabaseUserHandle,
}

impl Deref for DatabaseUser {
    type Target = DatabaseUserData;

    fn deref(&self) -> &DatabaseUserData {
        &self.data
    }
}

impl IntoBlocking for crate::DatabaseUser {
    type Output = DatabaseUser;

    fn into_blocking(self, atlas: &Atlas) -> DatabaseUser {
        DatabaseUser {
            data: self.data,
            handle: self.handle.into_blocking(atlas),
        }
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
    pub fn refresh(&self) -> Result<Self> {
        self.handle.get()
    }

    /// Updates the fields that `changes` contains. Lists, such as the roles, are replaced, not
    /// merged. The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::update`].
    pub fn update(&self, changes: &impl Serialize) -> Result<Self> {
        self.handle.update(changes)
    }

    /// Deletes the database user.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::delete`].
    pub fn delete(&self) -> Result<()> {
        self.handle.delete()
    }

    /// Sets the password.
    ///
    /// # Errors
    ///
    /// See [`DatabaseUserHandle::set_password`].
    pub fn set_password(&self, password: &str) -> Result<Self> {
        self.handle.set_password(password)
    }
}

/// A handle to a database user, identified by authentication database and name; the blocking
/// counterpart of [`DatabaseUserHandle`](crate::DatabaseUserHandle).
#[derive(Clone, Debug)]
pub struct DatabaseUserHandle {
    pub(crate) inner: crate::DatabaseUserHandle,
    pub(crate) atlas: Atlas,
}

impl IntoBlocking for crate::DatabaseUserHandle {
    type Output = DatabaseUserHandle;

    fn into_blocking(self, atlas: &Atlas) -> DatabaseUserHandle {
        DatabaseUserHandle {
            inner: self,
            atlas: atlas.clone(),
        }
    }
}

impl DatabaseUserHandle {
    /// Returns the authentication database.
    pub fn database(&self) -> &AuthenticationDatabase {
        self.inner.database()
    }

    /// Returns the name.
    pub fn username(&self) -> &str {
        self.inner.username()
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
        self.inner
            .database_user(database, username)
            .into_blocking(&self.atlas)
    }

    /// Lists the database users.
    pub fn database_users(&self) -> Items<DatabaseUser> {
        self.atlas.list(self.inner.database_users())
    }

    /// Creates a database user from a JSON document, sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document,
    /// [`Conflict`](crate::ErrorKind::Conflict) if the name is taken, or any [request
    /// error](crate::Error#request-errors).
    pub fn create_database_user(&self, document: &impl Serialize) -> Result<DatabaseUser> {
        self.atlas.fetch(self.inner.create_database_user(document))
    }

    /// Creates a database user with a password (SCRAM).
    ///
    /// # Errors
    ///
    /// See [`create_database_user`](Self::create_database_user).
    pub fn create_password_user(
        &self,
        username: &str,
        password: &str,
        roles: &[DatabaseRole],
    ) -> Result<DatabaseUser> {
        self.atlas
            .fetch(self.inner.create_password_user(username, password, roles))
    }
}

impl Project {
    /// Lists the database users.
    ///
    /// See [`ProjectHandle::database_users`].
    pub fn database_users(&self) -> Items<DatabaseUser> {
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
    pub fn get(&self) -> Result<DatabaseUser> {
        self.atlas.fetch(self.inner.get())
    }

    /// Updates the fields that `changes` contains. Lists, such as the roles, are replaced, not
    /// merged. The document is sent verbatim.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if Atlas rejects the document, or any
    /// [request error](crate::Error#request-errors).
    pub fn update(&self, changes: &impl Serialize) -> Result<DatabaseUser> {
        self.atlas.fetch(self.inner.update(changes))
    }

    /// Deletes the database user.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    pub fn delete(&self) -> Result<()> {
        self.atlas.wait(self.inner.delete())
    }

    /// Sets the password.
    ///
    /// # Errors
    ///
    /// Returns [`BadRequest`](crate::ErrorKind::BadRequest) if the password is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub fn set_password(&self, password: &str) -> Result<DatabaseUser> {
        self.atlas.fetch(self.inner.set_password(password))
    }
}
