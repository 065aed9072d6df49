//! What a client sees of a running simulator. Time passes on a frozen clock; no test waits.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod call;
mod generic;
mod http;
mod resources;
mod schema;
mod support;
