//! Access to organizations, projects and databases.

#[cfg(feature = "access-tracking")]
pub(crate) mod access_history;
pub(crate) mod access_list;
pub(crate) mod api_keys;
pub(crate) mod database_users;
#[cfg(feature = "service-accounts")]
pub(crate) mod service_accounts;
