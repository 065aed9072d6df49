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
mod clock;
mod clusters;
mod credentials;
mod documents;
mod encryption;
mod examples;
mod faults;
mod limits;
mod listing;
mod patience;
mod projects;
mod proxies;
mod raw_server;
mod recordings;
mod safety;
mod support;
mod surface;
mod untyped;
mod watching;
