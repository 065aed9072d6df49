//! Responses: reading bodies, classification and the type that the transport returns.

mod body;
mod classify;
mod received;

pub(super) use classify::{classify, drain};
pub(crate) use received::Body;
pub(crate) use received::Received;
