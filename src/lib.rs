#![cfg_attr(docsrs, feature(doc_cfg))]
//! MongoDB Atlas.

pub mod api;
mod auth;
mod base_url;
mod error;
pub mod operations;
pub mod pythonic;
mod transport;

pub use auth::{AccessToken, ApiKey, Credentials, ServiceAccount, obfuscate};
pub use base_url::BaseUrl;
pub use error::{Error, ErrorKind, Result};
pub use pythonic::*;
