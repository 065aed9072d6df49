//! The command line: words, arguments, flags and global options.

mod checks;
pub(crate) mod globals;
mod placeholder;
mod reader;
pub(crate) mod secret;
#[cfg(test)]
mod shell;
pub(crate) mod words;

pub(crate) use reader::{Line, read};
#[cfg(test)]
pub(crate) use shell::split_words;
