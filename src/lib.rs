//! MongoDB Atlas.

mod auth;
mod base_url;
mod error;
pub mod operations;
mod transport;

pub use auth::{ApiKey, Credentials, obfuscate};
pub use base_url::BaseUrl;
pub use error::{Error, ErrorKind, Result};
#[doc(hidden)]
pub use transport::Transport;
