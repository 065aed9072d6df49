//! Access: API keys, service accounts and database users.

mod api_keys;
mod service_accounts;
mod user_security;
