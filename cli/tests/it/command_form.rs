//! The command form, against the simulator.

mod api;
mod bulk;
mod changes;
mod clusters;
mod configuration;
mod documents;
mod examples;
mod guides;
mod line;
mod output;
mod projects;
mod targets;

pub(crate) use examples::{stable, words};
