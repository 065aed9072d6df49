//! The program as its users run it, against the simulator.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod bad_input;
mod closed_output;
mod compatibility;
mod create;
#[cfg(feature = "demo")]
mod demo;
mod differential;
mod documents;
mod goldens;
mod help;
mod keys;
mod list;
mod old_python;
mod proxies;
mod servers;
mod support;
mod switch;
#[cfg(not(all(feature = "demo", feature = "keyring")))]
mod without_features;
