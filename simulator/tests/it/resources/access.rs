//! Access: keys, tokens, accounts, database users, roles, policies and access lists.

mod access_lists;
mod access_tokens;
mod ai_models;
mod api_keys;
mod cloud_access;
mod custom_roles;
mod database_users;
mod encryption_at_rest;
mod resource_policies;
mod service_accounts;
mod user_security;
