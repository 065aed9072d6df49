//! The SDK against the simulator, real recordings and its own data files.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "what supports tests may stop them, and says what was skipped"
)]

mod authentication;
mod bad_input;
mod blocking;
mod clusters;
mod documents;
mod examples;
mod listing;
mod projects;
mod recordings;
mod support;
mod surface;
mod untyped;
