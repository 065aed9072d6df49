//! Commands for access: IP access lists, database users, roles, keys and teams.

pub(crate) mod access_lists;
pub(crate) mod custom_roles;
pub(crate) mod database_users;
pub(crate) mod organization_api_keys;
pub(crate) mod project_api_keys;
pub(crate) mod service_accounts;
pub(crate) mod teams;
pub(crate) mod users;
