//! Credentials and authentication.

mod credentials;
mod digest;
mod missing_roles;
