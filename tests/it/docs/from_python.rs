//! Everything that the Python package mongodbatlas 0.2.6 offered, and what takes its place: a test a row.
//!
//! `docs/from-python.md` is made of these tests: a row's doc comment says what Python had and what Rust has,
//! the body is the snippet, without its first line if that makes a client. `UPDATE_DOCS=1 cargo test -p
//! mongodbatlas --test it from_python` writes it anew.

mod api;
mod document;
mod errors;
mod keys;
mod objects;
mod requests;
mod tools;

use atlas_simulator::{Clock, Options, Simulator};
use mongodbatlas::blocking;

pub(crate) use crate::support::builder;

/// A simulator with the demo organization, and a client of it.
pub(crate) fn demo() -> (Simulator, blocking::Atlas) {
    let options = Options::new().with_clock(Clock::frozen());
    let simulator = Simulator::start_blocking(options).expect("a free port");
    let atlas = builder(&simulator).build_blocking().expect("good keys");
    (simulator, atlas)
}
