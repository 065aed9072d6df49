//! Output formats.

pub(crate) mod cells;
#[allow(dead_code, reason = "vocabulary for definitions")]
pub(crate) mod column;
pub(crate) mod data;
pub(crate) mod datetime;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod python;
pub(crate) mod query;
pub(crate) mod render;
mod rows;
pub(crate) mod separated;
pub(crate) mod table;
pub(crate) mod template;
