#![cfg_attr(docsrs, feature(doc_cfg))]
//! MongoDB Atlas.

pub mod api;
mod auth;
mod base_url;
mod error;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod operations;
pub mod pythonic;
mod transport;

pub use auth::{ApiKey, Credentials, obfuscate};
pub use base_url::BaseUrl;
pub use error::{Error, ErrorKind, Result};
pub use pythonic::*;
pub use transport::{Lifecycle, RateLimit, RetryPolicy, with_deadline};
