//! Workflows of several requests: find, list, edit, wait.

pub(crate) mod change;
pub(crate) mod filter;
pub(crate) mod find;
pub(crate) mod inventory;
pub(crate) mod schedule;
pub(crate) mod wait;
