//! The command form, against the simulator.

mod api;
mod bulk;
mod changes;
mod cluster_resources;
mod clusters;
mod configuration;
mod connect;
mod credentials;
mod documents;
mod examples;
mod guides;
#[cfg(unix)]
mod interrupt;
mod journal;
mod line;
mod monitoring;
mod networking;
mod output;
mod projects;
mod secrets;
mod setup;
mod steps;
mod streamed_lists;
mod streams;
mod targets;
#[cfg(unix)]
mod terminal;
mod waits;

pub(crate) use examples::{stable, words};
