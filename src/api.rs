//! The generated layer: one typed method an operation, in Atlas's own words.
//!
//! `build.rs` makes it from `openapi/` for the enabled cargo features. This module is the only one
//! that knows where it comes from, and the only one with exemptions from the project's lints.
//! Methods are named after the operations ([`Client::list_groups`]) and say group where the facade
//! says project. Get a client from [`Atlas::api`](crate::Atlas::api):
//!
//! ```no_run
//! # async fn example() -> mongodbatlas::Result<()> {
//! let atlas = mongodbatlas::Atlas::from_env()?;
//! let page = atlas.api().list_groups().items_per_page(5).send().await?;
//! for group in page.results.iter().flatten() {
//!     println!("{:?} {:?}", group.id, group.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A request holds what the caller set and nothing else: no default of the document is sent, and what
//! only Atlas sets ([`Operation::server_owned`](crate::operations::Operation::server_owned)) is left
//! out, so that a struct that was read can be changed and sent back. A field is cleared with an
//! explicit null in a JSON document ([`Atlas::call`](crate::Atlas::call)), which is sent as it is.
//!
//! A struct has the name of its schema without a date, an enum those of its schema and field; both are
//! renamed where `openapi/names.toml` says so. All structs are `#[non_exhaustive]`.
//!
//! Structs that requests can hold have a builder (`types::Group::builder()`); those that only answers
//! hold have none, but their fields are public.
//!
//! With the cargo feature `schemars` the types describe themselves in JSON Schema.
//!
//! Answers are lenient: every field is optional, fields that this version does not know are kept in
//! `extra`, and enums keep values that they do not know. Any 2xx status is a success; everything else
//! is an [`Error`](crate::Error).

mod client;
mod convert;
mod decode;
mod object;
mod open_enum;
mod response;
mod secret;
mod server_owned;
#[cfg(test)]
mod tests;
mod typed_call;

pub use client::Client;
pub use generated::{builder, enums, types};
pub use response::ResponseValue;

pub use crate::transport::ByteStream;
pub(crate) use decode::check_fallback;
pub use decode::decode;
pub(crate) use open_enum::open_enum;
pub use secret::SecretText;

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    clippy::unwrap_used,
    clippy::use_self,
    missing_docs,
    unused_imports,
    unused_variables,
    unreachable_pub,
    rustdoc::all,
    reason = "generated"
)]
mod generated {
    use super::{
        ByteStream, Client, ResponseValue,
        convert::{convert, convert_parameter, set_field},
        decode::reencode,
        object::{Object, Writer, read_object, set, write_object},
        typed_call::TypedCall,
    };
    use crate::{Result as CallResult, operations::operation};

    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}
