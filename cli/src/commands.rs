//! The commands.

pub(crate) mod legacy;
