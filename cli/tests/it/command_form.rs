//! The command form, against the simulator.

mod api;
mod bulk;
mod clusters;
mod configuration;
mod documents;
mod examples;
mod guides;
mod line;
mod monitoring;
mod output;
mod projects;
mod targets;

pub(crate) use examples::{stable, words};
