//! Commands of the official CLI that do not act on one resource, and the list of official words.
//!
//! `words.rs` reads the list of the official words, aliases and flags; `differences.rs` has every difference between
//! the list and our commands, with the reason.

pub(crate) mod auth;
pub(crate) mod differences;
pub(crate) mod official_words;
pub(crate) mod setup;
pub(crate) mod words;
