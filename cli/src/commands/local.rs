//! Commands that work on this machine, and `api`.

pub(crate) mod api;
pub(crate) mod help;
