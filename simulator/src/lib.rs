//! A local MongoDB Atlas: the Administration API, small enough to run inside a test.
//!
//! [`Simulator::start`] serves every stable operation of `/api/atlas/v2`, the older
//! `/api/atlas/v1.0` and `/api/oauth` on a loopback port of the same process. It checks digests,
//! tokens, roles, access lists and rate limits, negotiates versions, paginates lists, and changes
//! the state of clusters on a virtual clock. Errors have Atlas's codes and texts.
//!
//! The simulator shares no code with any client, so the tests of a client show a misreading of the
//! API in the client or in the simulator. The simulator stores nothing, listens only on the loopback
//! interface and never contacts another host.
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
//! See [`Options`] for the configuration, [`Seed`] for the initial data, [`Fault`] for injected
//! faults and [`Simulator::requests`] for the requests that a client sent.

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
