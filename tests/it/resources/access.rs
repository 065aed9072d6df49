//! Access to projects and clusters.

#[cfg(feature = "facade")]
mod access_history;
mod access_list;
mod api_keys;
mod database_users;
#[cfg(feature = "facade")]
mod service_accounts;
