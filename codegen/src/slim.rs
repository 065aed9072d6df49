//! The same API in less code, so that it compiles sooner.
//!
//! Progenitor writes out in full, at every call and every field, what the SDK can say once in a
//! function, gives every struct a builder, though nobody builds what only answers hold, has every
//! builder hold its fields one by one, and every struct read and written by code of its own. Most of
//! the time that the compiler took for the generated layer was spent on these.

mod builders;
mod drafts;
mod headers;
mod objects;
mod shared;

pub(crate) use builders::without_idle_builders;
pub(crate) use drafts::with_drafts;
pub(crate) use headers::without_those_of_transport;
pub(crate) use objects::as_objects;
pub(crate) use shared::share;
