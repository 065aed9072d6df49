//! Workflows of several requests, without `async`.

pub(super) mod change;
pub(super) mod find;
pub(super) mod inventory;
pub(super) mod schedule;
pub(super) mod wait;
