//! The SDK against the simulator, real recordings and its own data files.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "what supports tests may stop them, and says what was skipped"
)]

#[cfg(feature = "facade")]
mod access_history;
mod access_list;
#[cfg(feature = "facade")]
mod alerts;
mod api_keys;
mod authentication;
#[cfg(feature = "facade")]
mod backups;
mod bad_input;
mod blocking;
mod caching;
mod changing;
mod clock;
#[cfg(feature = "facade")]
mod cloud_users;
mod clusters;
mod credentials;
mod database_users;
mod documents;
mod encryption;
#[cfg(feature = "facade")]
mod events;
mod examples;
mod faults;
mod finding;
mod flex_clusters;
mod from_python;
mod generated_types;
mod inventory;
#[cfg(feature = "facade")]
mod invoices;
#[cfg(feature = "schemars")]
mod json_schema;
mod limits;
mod listing;
#[cfg(feature = "facade")]
mod maintenance;
mod organizations;
mod patience;
#[cfg(feature = "facade")]
mod processes;
mod projects;
mod proxies;
mod rate_limits;
mod raw_server;
mod recordings;
mod safety;
#[cfg(feature = "facade")]
mod search_indexes;
#[cfg(feature = "facade")]
mod service_accounts;
mod support;
mod surface;
#[cfg(feature = "facade")]
mod teams;
mod untyped;
mod waiting;
mod watching;
