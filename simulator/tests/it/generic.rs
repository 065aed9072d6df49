//! Round trips, path checks, filters and atomicity.

mod atomicity;
mod filters;
mod path_checks;
mod round_trip;
