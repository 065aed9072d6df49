//! Generates the typed layer of the `mongodbatlas` SDK from the Atlas Administration API document.
//!
//! Requires no network access:
//!
//! - [`import`](import::import) reduces an upstream document to the facts in `openapi/`. A maintainer
//!   runs it (`cargo run -p mongodbatlas-codegen -- import DOCUMENT`).
//! - [`diff`](diff::diff) compares two documents.
//! - [`generate`] generates Rust code from the vendored facts, the corrections and the descriptions.
//!   The SDK's `build.rs` runs it.
//!
//! Differences between Atlas and its document are data in `openapi/corrections.toml`. The [`passes`], one
//! in each file, transform the document into one that progenitor supports.

mod call_builders;
mod calls;
mod client;
pub mod corrections;
pub mod descriptions;
pub mod diff;
pub mod document;
mod edits;
pub mod enums;
pub mod error;
mod fields;
mod generate;
pub mod import;
mod media_type;
mod names;
pub mod operations;
pub mod passes;
mod print;
mod public_types;
pub mod rate_limits;
mod schemas;
pub mod secrets;
mod slim;
mod tokens;
pub mod type_names;

pub use corrections::Corrections;
pub use descriptions::Descriptions;
pub use document::Document;
pub use edits::EditCounts;
pub use error::{Error, Result};
pub use generate::{Generated, Inputs, Options, generate};
pub use names::feature_of_tag;
pub use rate_limits::RateLimits;
pub use secrets::Secrets;
pub use type_names::TypeNames;
