//! Defines nouns, which group commands.

use super::Command;

/// A command group such as `clusters`: commands and further nouns.
#[derive(Debug)]
pub(crate) struct Noun {
    /// The canonical spelling, in kebab-case.
    pub(crate) name: &'static str,
    /// Alternative names. Spellings that differ in hyphens or case need no entry.
    pub(crate) aliases: &'static [&'static str],
    /// One line for the help, in the imperative.
    pub(crate) summary: &'static str,
    /// The commands, in the order of the help.
    pub(crate) commands: &'static [&'static Command],
    /// The nouns below this one.
    pub(crate) nouns: &'static [&'static Self],
    /// The command that runs if no word follows the noun.
    pub(crate) default_command: Option<&'static Command>,
    /// Words of the official CLI that are not carried over.
    pub(crate) left_out: &'static [LeftOut],
}

/// A word of the official CLI that is not carried over.
#[derive(Debug)]
pub(crate) struct LeftOut {
    /// The word and its aliases.
    pub(crate) words: &'static [&'static str],
    /// The reason and the alternative, as the second half of an error message.
    pub(crate) alternative: &'static str,
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
            default_command: None,
            left_out: &[],
        }
    }

    /// Sets alternative names.
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

    /// Sets the command that runs if no word follows the noun.
    pub(crate) const fn default_command(mut self, command: &'static Command) -> Self {
        self.default_command = Some(command);
        self
    }

    /// Sets the words that are not carried over.
    pub(crate) const fn left_out(mut self, words: &'static [LeftOut]) -> Self {
        self.left_out = words;
        self
    }
}
