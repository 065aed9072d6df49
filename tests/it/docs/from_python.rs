//! The public names of the Python package mongodbatlas 0.2.6 with their replacements.
//!
//! `docs/from-python.md` is generated from these tests. The doc comment of a test is a table row: the Python name and
//! its Rust replacement. The body is the snippet, without the line that starts the simulator. To update the document,
//! run `UPDATE_DOCS=1 cargo test -p mongodbatlas --test it from_python`.

mod api;
mod clusters;
mod document;
mod errors;
mod keys;
mod objects;
mod requests;
mod tools;

use atlas_simulator::{Clock, Options, Simulator};
use mongodbatlas::blocking;

pub(crate) use crate::support::builder;

/// Starts a simulator with the demo organization and returns it with a client.
pub(crate) fn demo() -> (Simulator, blocking::Atlas) {
    let options = Options::new().with_clock(Clock::frozen());
    let simulator = Simulator::start_blocking(options).expect("a free port");
    let atlas = builder(&simulator)
        .build_blocking()
        .expect("valid settings");
    (simulator, atlas)
}
