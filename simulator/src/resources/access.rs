//! Access: API keys, service accounts, database users and access lists.

pub(crate) mod access_list;
pub(crate) mod ai_model_keys;
pub(crate) mod ai_rate_limits;
pub(crate) mod api_keys;
pub(crate) mod cloud_access;
pub(crate) mod custom_roles;
pub(crate) mod database_users;
pub(crate) mod resource_policies;
pub(crate) mod service_accounts;
pub(crate) mod temporary;
pub(crate) mod user_security;

use super::Route;

/// The operations of each module with their handlers.
pub(super) const ROUTES: &[&[Route]] = &[
    access_list::ROUTES,
    ai_model_keys::ROUTES,
    ai_rate_limits::ROUTES,
    api_keys::ROUTES,
    cloud_access::ROUTES,
    custom_roles::ROUTES,
    database_users::ROUTES,
    database_users::certificates::ROUTES,
    resource_policies::ROUTES,
    service_accounts::ROUTES,
    user_security::ROUTES,
];
