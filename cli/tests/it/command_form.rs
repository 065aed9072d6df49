//! The command form, against the simulator.

mod api;
mod clusters;
mod documents;
mod examples;
mod guides;
mod line;
mod output;
mod projects;
