//! The documentation.

pub(crate) mod examples;
mod from_python;
mod reliability;
