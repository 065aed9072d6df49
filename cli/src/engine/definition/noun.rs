//! Nouns, which group commands.

use super::Command;

/// A noun such as `clusters`, with its commands and the nouns below it.
#[derive(Debug)]
pub(crate) struct Noun {
    /// The canonical spelling, in kebab-case.
    pub(crate) name: &'static str,
    /// Further names. Spellings that differ in hyphens or case need no entry.
    pub(crate) aliases: &'static [&'static str],
    /// One line for the help, in the imperative.
    pub(crate) summary: &'static str,
    /// The commands, in the order of the help.
    pub(crate) commands: &'static [&'static Command],
    /// The nouns below this one.
    pub(crate) nouns: &'static [&'static Self],
}

impl Noun {
    /// Creates a noun without commands.
    pub(crate) const fn new(name: &'static str, summary: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            summary,
            commands: &[],
            nouns: &[],
        }
    }

    /// Sets further names.
    pub(crate) const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sets the commands.
    pub(crate) const fn commands(mut self, commands: &'static [&'static Command]) -> Self {
        self.commands = commands;
        self
    }

    /// Sets the nouns below this one.
    pub(crate) const fn nouns(mut self, nouns: &'static [&'static Self]) -> Self {
        self.nouns = nouns;
        self
    }
}
