//! Turns the Atlas Administration API document into the generated layer of the `mongodbatlas` SDK.
//!
//! Three jobs, all without network access:
//!
//! - [`import`](import::import) reduces an upstream document to the facts that the SDK vendors in
//!   `openapi/`. A person runs it (`cargo run -p mongodbatlas-codegen -- import DOCUMENT`).
//! - [`diff`](diff::diff) tells what a newer document adds, removes and changes.
//! - [`generate`] turns the vendored facts, the corrections and our descriptions into Rust code.
//!   The SDK's `build.rs` runs it.
//!
//! What real Atlas does otherwise than the document says is data in `openapi/corrections.toml`, not
//! code here. The transformations that make the document digestible are the [`passes`], one a file.

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
