//! Tests the command form against the simulator.

mod api;
mod bulk;
mod changes;
mod cluster_resources;
mod clusters;
mod colours;
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
mod schedule;
mod schemas;
mod secrets;
mod setup;
mod shells;
mod steps;
mod streamed_lists;
mod streams;
mod targets;
#[cfg(unix)]
mod terminal;
mod waits;

pub(crate) use examples::{stable, words};
