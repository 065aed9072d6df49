//! The command form, against the simulator.

mod api;
mod bulk;
mod clusters;
mod configuration;
mod credentials;

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
mod setup;
mod streams;
mod targets;
#[cfg(unix)]
mod terminal;
mod waits;

pub(crate) use examples::{stable, words};
