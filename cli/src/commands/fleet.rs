//! Commands that span the whole organization.

pub(crate) mod find;
pub(crate) mod list;
pub(crate) mod schedule;
