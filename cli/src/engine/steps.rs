//! The steps of a command: scope, request, confirmation, sending, waiting, printing.

pub(crate) mod confirm;
<<<<<<< HEAD
mod download;
mod envelope;
=======
pub(crate) mod download;
>>>>>>> w-mon
mod execute;
mod listing;
pub(crate) mod poll;
pub(crate) mod print;
