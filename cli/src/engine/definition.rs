//! Definitions of commands: plain values, built by `const fn`s.
//!
//! A [`Noun`] has commands and further nouns. A [`Command`] has inputs (arguments and flags), columns,
//! examples and, where a definition is not enough, a function. `commands.rs` has the list of nouns and
//! explains in one page how to add one.

mod builder;
mod command;
mod example;
mod input;
mod noun;

pub(crate) use crate::output::column::{Column, column};
pub(crate) use command::{
    Command, Constant, Danger, Fallback, Future, Invocation, Pages, Scope, SingleChange, WaitFor,
};
pub(crate) use example::Example;
pub(crate) use input::{Input, Kind, Literal, Target, argument, body, flag, path, query};
pub(crate) use noun::{LeftOut, Noun};
