//! Behaviour that many resources have in common.

mod atomicity;
mod filters;
mod path_checks;
mod round_trip;
