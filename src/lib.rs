#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "core"),
    allow(
        dead_code,
        reason = "without the facade's resources some parts have no caller"
    )
)]
//! MongoDB Atlas from Rust: list, create, pause, resume and delete what an organization has.
//!
//! ```no_run
//! # async fn example() -> mongodbatlas::Result<()> {
//! let atlas = mongodbatlas::Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
//! let mut projects = atlas.projects();
//! while let Some(project) = projects.try_next().await? {
//!     println!("{} has {:?} clusters", project.name(), project.cluster_count());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Three layers, each usable by itself:
//!
//! - [`pythonic`], re-exported here: the facade. Start from [`Atlas`], or from
//!   [`blocking::Atlas`] without `async`.
//! - [`api`]: the generated layer, one typed method an operation, reached by [`Atlas::api`].
//! - [`operations`]: the table of all operations, as data.
//!
//! Everything that goes wrong is an [`Error`], which says what kind of thing it is, which request it
//! was and, where one is known, how to cure it.

pub mod api;
mod auth;
mod base_url;
mod error;
#[cfg(all(feature = "core", any(test, fuzzing)))]
pub mod fuzzing;
pub mod operations;
pub mod pythonic;
mod redacted;
mod request;
mod transport;

pub use auth::{AccessToken, ApiKey, Credentials, ServiceAccount, obfuscate};
pub use base_url::BaseUrl;
pub use error::{Error, ErrorKind, Result};
pub use operations::operation;
pub use pythonic::*;
pub use request::Call;
pub use transport::{Lifecycle, RateLimit, RetryPolicy, with_deadline};

/// The examples of the README, which run with the tests.
#[cfg(all(doctest, feature = "core"))]
#[doc = include_str!("../README.md")]
struct Readme;
