//! Output formats.

pub(crate) mod datetime;
pub(crate) mod lines;
pub(crate) mod python;
