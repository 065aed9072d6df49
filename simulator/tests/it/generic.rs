//! Behaviour that is common to many resources.

mod actions;
mod atomicity;
mod endpoint_ids;
mod filters;
mod path_checks;
mod references;
mod round_trip;
