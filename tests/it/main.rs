//! The SDK against the simulator, real recordings and its own data files.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "what supports tests may stop them, and says what was skipped"
)]

mod access_list;
mod api_keys;
mod authentication;
mod bad_input;
mod blocking;
mod clusters;
mod credentials;
mod database_users;
mod documents;
mod encryption;
mod examples;
mod faults;
mod flex_clusters;
#[cfg(feature = "schemars")]
mod json_schema;
mod limits;
mod listing;
mod patience;
mod projects;
mod proxies;
mod rate_limits;
mod raw_server;
mod recordings;
mod safety;
mod support;
mod surface;
mod twins;
mod untyped;
mod watching;
