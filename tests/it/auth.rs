//! Credentials and authentication.

mod credential_source;
mod credentials;
mod digest;
mod missing_roles;
mod redaction;
