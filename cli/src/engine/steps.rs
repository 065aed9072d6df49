//! The steps of a command: scope, request, confirmation, sending, waiting, printing.

pub(crate) mod confirm;
pub(crate) mod download;
mod execute;
mod listing;
mod poll;
pub(crate) mod print;
