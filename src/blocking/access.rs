//! Access to organizations, projects and databases, without `async`.

#[cfg(feature = "access-tracking")]
pub(super) mod access_history;
pub(super) mod access_list;
pub(super) mod api_keys;
pub(super) mod database_users;
#[cfg(feature = "service-accounts")]
pub(super) mod service_accounts;

pub use access_list::{AccessListEntry, AccessListEntryHandle};
pub use api_keys::{
    OrganizationApiKey, OrganizationApiKeyHandle, ProjectApiKey, ProjectApiKeyHandle,
};
pub use database_users::{DatabaseUser, DatabaseUserHandle};
#[cfg(feature = "service-accounts")]
pub use service_accounts::{
    OrganizationServiceAccount, OrganizationServiceAccountHandle, ProjectServiceAccount,
    ProjectServiceAccountHandle,
};
