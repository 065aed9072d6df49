//! Requests: what is common to every call of an operation.

mod nearest;

pub(crate) use nearest::nearest;
