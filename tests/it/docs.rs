//! The documents and the examples.

pub(crate) mod examples;
mod exit_status;
mod from_python;
mod reliability;
