//! Validation of request bodies.

mod client_compat;
mod names;
mod union_bodies;
mod validation;
