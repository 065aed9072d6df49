//! The command form, against the simulator.

mod api;
mod bulk;
mod clusters;
mod configuration;
mod documents;
mod examples;
mod guides;
#[cfg(unix)]
mod interrupt;
mod journal;
mod line;
mod networking;
mod output;
mod projects;
mod streams;
mod targets;
#[cfg(unix)]
mod terminal;
mod waits;

pub(crate) use examples::{stable, words};
