//! The same API in less code, so that it compiles sooner.
//!
//! Progenitor repeats the conversion of a value at every setter, gives every struct a builder even if
//! only responses hold it, keeps each field of a builder in a `Result` of its own, and derives serde's
//! traits for every struct. Most of the compile time of the generated layer was spent on these. Each
//! rule counts its matches in [`EditCounts`](crate::EditCounts).

mod builders;
mod drafts;
mod objects;
mod setters;

pub(crate) use builders::without_idle_builders;
pub(crate) use drafts::with_drafts;
pub(crate) use objects::as_objects;
pub(crate) use setters::with_shared_conversions;
