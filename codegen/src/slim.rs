//! Reduces the generated code, with the same API, to reduce compile time.
//!
//! Progenitor repeats the conversion of values in each setter, generates builders for structs that only
//! responses use, stores each field of a builder in its own `Result`, and derives serde's traits for each
//! struct. Most of the compile time of the generated layer was spent on this code. Each rule counts its
//! matches in [`EditCounts`](crate::EditCounts).

mod builders;
mod objects;
mod setters;
mod struct_builders;

pub(crate) use builders::drop_unused_builders;
pub(crate) use objects::implement_object;
pub(crate) use setters::share_conversions;
pub(crate) use struct_builders::use_struct_builders;
