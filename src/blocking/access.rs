//! Who may reach what: each verb waits for its async twin.

use serde::Serialize;

use crate::blocking::{
    AccessListEntry, AccessListEntryHandle, DatabaseUser, DatabaseUserHandle, Items,
    OrganizationApiKey, OrganizationApiKeyHandle, OrganizationHandle, ProjectApiKey,
    ProjectApiKeyHandle, ProjectHandle, twin::twins,
};
use crate::{
    error::Result,
    pythonic::resources::access::{
        access_list::{AccessListStatus, NewAccessListEntry},
        api_keys::ApiKeyAddress,
        database_users::DatabaseRole,
    },
};

twins! {
    impl ProjectHandle {
        /// Its database users.
        fn database_users() -> Items<DatabaseUser>;

        /// Creates a database user from a JSON document, which is sent as it is.
        fn create_database_user(document: &impl Serialize) -> Result<DatabaseUser>;

        /// Creates a database user who logs in with a password (SCRAM).
        fn create_password_user(
            username: &str,
            password: &str,
            roles: &[DatabaseRole],
        ) -> Result<DatabaseUser>;

        /// The entries of its IP access list.
        fn access_list() -> Items<AccessListEntry>;

        /// Adds entries to its IP access list from a JSON array, which is sent as it is.
        fn create_access_list_entries(documents: &impl Serialize) -> Result<Vec<AccessListEntry>>;

        /// Adds one entry to its IP access list.
        fn allow(entry: &NewAccessListEntry) -> Result<()>;

        /// The API keys that have access to it.
        fn api_keys() -> Items<ProjectApiKey>;

        /// Creates an API key with these roles in this project.
        fn create_api_key(description: &str, roles: &[&str]) -> Result<ProjectApiKey>;
    }

    impl DatabaseUserHandle {
        /// Fetches the database user.
        fn get() -> Result<DatabaseUser>;

        /// Changes the fields that a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<DatabaseUser>;

        /// Deletes the database user.
        fn delete() -> Result<()>;

        /// Gives the user another password.
        fn set_password(password: &str) -> Result<DatabaseUser>;
    }

    impl AccessListEntryHandle {
        /// Fetches the entry.
        fn get() -> Result<AccessListEntry>;

        /// Deletes the entry.
        fn delete() -> Result<()>;

        /// Asks how far the entry is in force.
        fn status() -> Result<AccessListStatus>;
    }

    impl OrganizationHandle {
        /// Its API keys.
        fn api_keys() -> Items<OrganizationApiKey>;

        /// Creates an API key with these roles.
        fn create_api_key(description: &str, roles: &[&str]) -> Result<OrganizationApiKey>;
    }

    impl OrganizationApiKeyHandle {
        /// Fetches the key.
        fn get() -> Result<OrganizationApiKey>;

        /// Changes what a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<OrganizationApiKey>;

        /// Deletes the key.
        fn delete() -> Result<()>;

        /// The addresses from which the key may call.
        fn addresses() -> Items<ApiKeyAddress>;

        /// Lets the key call from an address or a block in CIDR notation.
        fn allow_address(address: &str) -> Result<()>;

        /// Does not let the key call from an address any more.
        fn forbid_address(address: &str) -> Result<()>;
    }

    impl ProjectApiKeyHandle {
        /// Changes what a JSON document holds; it is sent as it is.
        fn update(changes: &impl Serialize) -> Result<ProjectApiKey>;

        /// Takes the key's access to the project.
        fn remove() -> Result<()>;

        /// Gives a key of the organization these roles in the project.
        fn assign(roles: &[&str]) -> Result<()>;
    }
}
