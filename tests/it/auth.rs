//! Credentials and authentication.

mod credentials;
mod digest;
