//! The SDK against the simulator, real recordings and its own data files.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "test helpers panic on failure and print skipped tests"
)]

mod auth;
#[cfg(feature = "facade")]
mod auto_traits;
mod blocking;
mod docs;
mod operations;
mod pagination;
mod request;
mod resources;
mod support;
mod transport;
mod workflows;
