//! The command form, against the simulator.

mod api;
mod bulk;
mod clusters;
mod configuration;
mod credentials;

mod documents;
mod examples;
mod guides;
mod line;
mod output;
mod projects;
mod setup;
mod targets;

pub(crate) use examples::{stable, words};
