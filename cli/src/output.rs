//! What goes to stdout, one format a file.

pub(crate) mod datetime;
pub(crate) mod lines;
pub(crate) mod python;
