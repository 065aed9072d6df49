//! MongoDB Atlas.

pub mod operations;
