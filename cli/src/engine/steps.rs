//! The steps of a command: scope, request, confirmation, sending, waiting, printing.

pub(crate) mod confirm;
mod download;
mod envelope;
pub(crate) mod download;
mod execute;
mod listing;
pub(crate) mod poll;
pub(crate) mod print;
