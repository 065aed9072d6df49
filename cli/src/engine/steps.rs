//! The steps of a command: scope, request, confirmation, sending, waiting, printing.

pub(crate) mod confirm;
mod download;
mod execute;
mod listing;
mod poll;
pub(crate) mod print;
mod verbose;
