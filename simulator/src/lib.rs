//! A local MongoDB Atlas: the Administration API, small enough to run inside a test.
//!
//! [`Simulator::start`] serves every stable operation of `/api/atlas/v2`, the older
//! `/api/atlas/v1.0` and `/api/oauth` on a loopback port of the same process. It checks digests and
//! tokens, roles, access lists and rates, negotiates versions, pages lists and walks clusters
//! through their states on a virtual clock, and it refuses what Atlas refuses, in Atlas's words.
//!
//! It is written from the contract alone and shares no code with any client, so that the two can
//! contradict each other. It stores nothing, listens on the loopback interface only and never
//! talks to another host.
//!
//! ```
//! use std::time::Duration;
//! use atlas_simulator::{Clock, Options, Simulator};
//!
//! # fn main() -> Result<(), atlas_simulator::StartError> {
//! let simulator = Simulator::start_blocking(Options::new().with_clock(Clock::frozen()))?;
//!
//! assert!(simulator.base_url().starts_with("http://127.0.0.1:"));
//! simulator.advance(Duration::from_hours(1));
//! # Ok(())
//! # }
//! ```
//!
//! Where to look: [`Options`] for what can be chosen, [`Seed`] for what is in it at the start,
//! [`Fault`] for making it misbehave, [`Simulator::requests`] for what a client really sent.

mod call;
mod generic;
mod http;
mod resources;
mod schema;
mod state;
#[cfg(test)]
mod tests;

pub use http::faults::Fault;
pub use http::options::Options;
pub use http::options::seed::Seed;
pub use http::requests::RecordedRequest;
pub use http::server::{Simulator, StartError};
pub use resources::{Fidelity, ServedOperation};
pub use state::clock::Clock;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the guide, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../docs/simulator.md")]
struct Guide;
