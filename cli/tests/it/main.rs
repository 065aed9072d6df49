//! Integration tests: run the program against the simulator.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests panic on failure and print what they skip"
)]

mod bad_input;
mod closed_output;
mod command_form;
mod compatibility;
mod create;
#[cfg(feature = "demo")]
mod demo;
mod differential;
mod documents;
mod flex_clusters;
mod goldens;
mod help;
mod keys;
mod list;
mod organizations;
mod partial_results;
mod pause_resume;
mod proxies;
mod python_program;
mod roles;
mod search;
mod servers;
mod support;
#[cfg(not(all(feature = "demo", feature = "keyring")))]
mod without_features;
