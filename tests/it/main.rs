//! The SDK against the simulator, real recordings and its own data files.

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
