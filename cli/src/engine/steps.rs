//! The steps of a command: scope, request, confirmation, sending, waiting, printing.

pub(crate) mod confirm;
pub(crate) mod download;
pub(crate) mod envelope;
mod execute;
mod listing;
pub(crate) mod poll;
pub(crate) mod print;
mod verbose;
