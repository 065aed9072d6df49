//! Checks a command line that was read: arguments, missing flags, unknown options.

use super::{globals::GLOBALS, reader::Reader};
use crate::{
    engine::{definition::Command, names::suggest::nearest},
    error::CliError,
};

impl Reader {
    /// Assigns the positional words to the arguments.
    pub(super) fn assign_arguments(&mut self, command: &'static Command) -> Result<(), CliError> {
        let mut words = std::mem::take(&mut self.positional).into_iter();
        for argument in command.arguments {
            if argument.many {
                for word in words.by_ref() {
                    self.values.push(argument.name, word);
                }
            } else if let Some(word) = words.next() {
                self.values.push(argument.name, word);
            }
            let texts = self.values.texts(argument.name);
            if texts.iter().any(String::is_empty) {
                return Err(CliError::usage(format!(
                    "the argument {} is empty",
                    argument.placeholder()
                )));
            }
            if texts.is_empty() && argument.required {
                return Err(CliError::usage(format!(
                    "`{}` needs the argument {}",
                    self.words,
                    argument.placeholder()
                ))
                .with_hint(format!("`atlascli {} --help` has examples", self.words)));
            }
        }
        match words.next() {
            None => Ok(()),
            Some(word) => Err(CliError::usage(format!("unexpected argument `{word}`"))
                .with_hint(format!("`atlascli {} --help` shows the usage", self.words))),
        }
    }

    /// Rejects missing flags and flags that exclude each other.
    pub(super) fn check(&self, command: &'static Command) -> Result<(), CliError> {
        for input in command.flags.iter().chain(&self.dynamic) {
            let is_given = self.values.has(input.name);
            if input.required && !is_given && !input.secret {
                let name = format!("--{} {}", input.name, input.placeholder());
                return Err(
                    CliError::usage(format!("`{}` needs `--{}`", self.words, input.name))
                        .with_hint(format!("add `{}`", name.trim_end())),
                );
            }
            if let Some(other) = input.excludes
                && is_given
                && self.values.has(other)
            {
                return Err(CliError::usage(format!(
                    "`--{}` and `--{other}` exclude each other",
                    input.name
                ))
                .with_hint("leave one of them out"));
            }
        }
        Ok(())
    }

    /// Returns the error for an unknown option, with the nearest name.
    pub(super) fn unknown(&self, name: &str, command: Option<&'static Command>) -> CliError {
        let error = match command {
            Some(_) => CliError::usage(format!("unknown option `{name}` for `{}`", self.words)),
            None => CliError::usage(format!("unknown option `{name}` before a command"))
                .with_hint("write it after the command"),
        };
        let own = command.into_iter().flat_map(Command::all_flags);
        let own = own.copied().chain(self.dynamic.iter().copied());
        let own = own.chain(GLOBALS.iter().copied());
        let names = own.filter(|input| !input.hidden).map(|input| input.name);
        match nearest(name, names) {
            Some(known) => error.with_hint(format!("did you mean `--{known}`?")),
            None => error.or_hint(format!(
                "`atlascli {} --help` lists the options",
                self.words
            )),
        }
    }
}
