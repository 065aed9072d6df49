//! Responses as documents and as typed resources.

pub(crate) mod document;
pub(crate) mod download;
#[cfg(feature = "core")]
pub(crate) mod endpoint;
mod ip_address;
#[cfg(feature = "core")]
pub(crate) mod read;
#[cfg(feature = "core")]
pub(crate) mod record;
#[cfg(feature = "core")]
pub(crate) mod required;
#[cfg(feature = "core")]
pub(crate) mod time;
pub(crate) mod untyped;
