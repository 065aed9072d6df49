//! The documents and the examples.

pub(crate) mod examples;
mod from_python;
mod reliability;
