//! Looks up commands and nouns by name.

use crate::engine::{
    definition::{Command, Noun},
    names::spelling::{fold, matches},
    names::suggest::nearest,
};
use crate::error::CliError;

/// Verbs that are accepted for a verb everywhere.
const SYNONYMS: [(&str, &[&str]); 3] = [
    ("list", &["ls"]),
    ("describe", &["get", "show"]),
    ("delete", &["rm"]),
];

/// The command or noun below a noun.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry {
    Noun(&'static Noun),
    Command(&'static Command),
}

impl Noun {
    /// Returns the noun or command with this name. If both exist, returns the noun if it has an entry named `next`, the
    /// following word, and the command otherwise.
    ///
    /// # Errors
    ///
    /// Fails with a usage error that suggests similar names if no noun or command matches.
    pub(crate) fn entry(
        &self,
        word: &str,
        next: Option<&str>,
        path: &str,
    ) -> Result<Entry, CliError> {
        let folded = fold(word);
        let command = self
            .commands
            .iter()
            .find(|command| command.is_called(&folded));
        match (command, self.noun(word)) {
            (Some(_), Some(noun)) if next.is_some_and(|next| noun.has(next)) => {
                Ok(Entry::Noun(noun))
            }
            (Some(command), _) => Ok(Entry::Command(command)),
            (None, Some(noun)) => Ok(Entry::Noun(noun)),
            (None, None) => Err(self.unknown(word, path)),
        }
    }

    /// Returns the noun below this one that has this name, also if a command has it too.
    pub(crate) fn noun(&self, word: &str) -> Option<&'static Self> {
        let folded = fold(word);
        let mut nouns = self.nouns.iter();
        nouns
            .find(|noun| matches(noun.name, noun.aliases, &folded))
            .copied()
    }

    /// Returns `true` if a noun or command has this name.
    fn has(&self, word: &str) -> bool {
        let folded = fold(word);
        let mut commands = self.commands.iter();
        let mut nouns = self.nouns.iter();
        commands.any(|command| command.is_called(&folded))
            || nouns.any(|noun| matches(noun.name, noun.aliases, &folded))
    }

    fn unknown(&self, word: &str, path: &str) -> CliError {
        let full = join(path, word);
        let folded = fold(word);
        let mut left_out = self.left_out.iter();
        let is_called = |name: &&str| fold(name) == folded;
        if let Some(left_out) = left_out.find(|known| known.words.iter().any(is_called)) {
            let alternative = left_out.alternative;
            return CliError::usage(format!("`{full}` is not carried over: {alternative}"));
        }
        let error = CliError::usage(format!("unknown command `{full}`"));
        let commands = self.commands.iter().map(|command| command.verb);
        let names = commands.chain(self.nouns.iter().map(|noun| noun.name));
        let help = match path {
            "" => "`atlascli --help` lists the commands".to_owned(),
            _ => format!("`atlascli {path} --help` lists the commands"),
        };
        match nearest(word, names) {
            Some(name) => error.with_hint(format!("did you mean `{}`? {help}", join(path, name))),
            None => error.with_hint(help),
        }
    }
}

impl Command {
    fn is_called(&self, folded: &str) -> bool {
        let synonyms = SYNONYMS.iter().find(|(verb, _)| *verb == self.verb);
        let synonyms = synonyms.map_or(&[][..], |(_, synonyms)| synonyms);
        matches(self.verb, self.aliases, folded) || synonyms.contains(&folded)
    }
}

/// Joins words with a space.
pub(crate) fn join(path: &str, word: &str) -> String {
    if path.is_empty() {
        word.to_owned()
    } else {
        format!("{path} {word}")
    }
}
