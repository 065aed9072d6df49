//! Responses: reading bodies, classification and the type that the transport returns.

mod body;
mod classify;
mod error_code;
mod received;
mod regions;

pub(super) use classify::{classify, classify_file, drain};
pub(super) use error_code::with_error_code;
pub(crate) use received::Body;
pub(crate) use received::Received;
