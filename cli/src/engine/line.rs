//! The command line: words, arguments, flags and global options.

pub(crate) mod globals;
mod reader;
pub(crate) mod secret;
pub(crate) mod spelling;
pub(crate) mod suggest;
pub(crate) mod values;
pub(crate) mod words;

#[cfg(test)]
pub(crate) use reader::split_words;
pub(crate) use reader::{Line, read};
