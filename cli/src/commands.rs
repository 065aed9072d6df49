//! What the program does, one noun a file.

pub(crate) mod legacy;
