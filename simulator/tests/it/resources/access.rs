//! Access: API keys, access tokens, service accounts and database users.

mod access_tokens;
mod api_keys;
mod database_users;
mod service_accounts;
mod user_security;
