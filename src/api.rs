//! The generated layer: one typed method for each operation.
//!
//! `build.rs` generates it from `openapi/` for the enabled cargo features. Methods and types have the names of the Atlas
//! document ([`Client::list_groups`]), which calls a project a group. [`Atlas::api`](crate::Atlas::api) returns the
//! client:
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
//! Requests contain only the fields that the caller set. Defaults of the document are not sent, and neither are fields
//! that only Atlas sets ([`Operation::server_owned`](crate::operations::Operation::server_owned)), so the struct of a
//! response can be changed and sent back. To clear a field, send an explicit null in a JSON document with
//! [`Atlas::call`](crate::Atlas::call), which sends it unchanged.
//!
//! Responses are decoded leniently: every field is optional, unknown fields are kept in `extra`, and enums keep unknown
//! values. Any 2xx status is a success; other statuses are an [`Error`](crate::Error).
//!
//! A struct has the name of its schema without the date, and an enum the names of its schema and field, unless
//! `openapi/names.toml` renames it. All structs are `#[non_exhaustive]`. The structs of requests have a builder
//! (`types::Group::builder()`); all fields are public. With the cargo feature `schemars` the types implement
//! `JsonSchema`.

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
