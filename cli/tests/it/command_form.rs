//! The command form, against the simulator.

mod api;
mod bulk;
mod cluster_resources;
mod clusters;
mod configuration;
mod connect;
mod documents;
mod examples;
mod guides;
#[cfg(unix)]
mod interrupt;
mod journal;
mod line;
mod output;
mod projects;
mod targets;
#[cfg(unix)]
mod terminal;
mod waits;

pub(crate) use examples::{stable, words};
