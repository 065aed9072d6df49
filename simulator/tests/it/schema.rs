//! Validation of request bodies.

mod client_compat;
mod union_bodies;
mod validation;
