//! The SDK against the simulator, real recordings and its own data files.

mod authentication;
mod bad_input;
mod blocking;
mod clusters;
mod documents;
mod examples;
mod faults;
mod listing;
mod projects;
mod raw_server;
mod recordings;
mod safety;
mod support;
mod surface;
mod watching;
