//! Integration tests against a running simulator. Its clock is frozen and advanced by the tests.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod call;
mod generic;
mod http;
mod resources;
mod schema;
mod support;
