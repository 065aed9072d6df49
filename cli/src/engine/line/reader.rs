//! Reads a command line: words, then arguments and flags, with global options anywhere.

use crate::engine::{
    definition::{Command, Input, Kind, Noun},
    line::globals::GLOBALS,
    line::words::{Entry, join},
    names::spelling::fold,
    values::Values,
};
use crate::error::CliError;

/// A command line that was read.
#[derive(Debug)]
pub(crate) struct Line {
    /// The canonical words, such as `clusters list`.
    pub(crate) words: String,
    /// The noun or command that the words name.
    pub(crate) entry: Entry,
    /// The values of arguments and flags.
    pub(crate) values: Values,
    /// The flags that a dynamic command has beyond its definition.
    pub(crate) dynamic: Vec<Input>,
}

/// Reads a command line without the program's name.
///
/// # Errors
///
/// Fails with a usage error for unknown words or flags, and for missing or superfluous values.
pub(crate) fn read(
    root: &'static Noun,
    line: Vec<String>,
    emulates_official_cli: bool,
) -> Result<Line, CliError> {
    let mut reader = Reader {
        tokens: line.into_iter().peekable(),
        words: String::new(),
        values: Values::default(),
        dynamic: Vec::new(),
        positional: Vec::new(),
        emulates_official_cli,
    };
    let entry = reader.read(root)?;
    let line = Line {
        words: reader.words,
        entry,
        values: reader.values,
        dynamic: reader.dynamic,
    };
    Ok(line)
}

/// Reads the words of a command line one after the other.
pub(super) struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<String>>,
    pub(super) words: String,
    pub(super) values: Values,
    pub(super) dynamic: Vec<Input>,
    pub(super) positional: Vec<String>,
    emulates_official_cli: bool,
}

impl Reader {
    fn read(&mut self, root: &'static Noun) -> Result<Entry, CliError> {
        let mut noun = root;
        while let Some(token) = self.tokens.next() {
            if is_option(&token) {
                self.option(&token, None)?;
                continue;
            }
            let next = self.tokens.peek().map(String::as_str);
            match noun.entry(&token, next, &self.words)? {
                Entry::Noun(below) => {
                    self.words = join(&self.words, below.name);
                    noun = below;
                }
                Entry::Command(command) => {
                    self.words = join(&self.words, command.verb);
                    self.inputs(command)?;
                    return Ok(Entry::Command(command));
                }
            }
        }
        match noun.default_command {
            Some(command) if !self.values.is_on("help") => {
                self.words = join(&self.words, command.verb);
                self.inputs(command)?;
                Ok(Entry::Command(command))
            }
            _ => Ok(Entry::Noun(noun)),
        }
    }

    /// Reads what follows the words of a command.
    fn inputs(&mut self, command: &'static Command) -> Result<(), CliError> {
        if let Some(dynamic) = command.dynamic {
            let rest: Vec<_> = self.tokens.clone().collect();
            self.dynamic = dynamic(&rest)?;
        }
        while let Some(token) = self.tokens.next() {
            if token == "--" {
                self.positional.extend(self.tokens.by_ref());
            } else if is_option(&token) {
                self.option(&token, Some(command))?;
            } else {
                self.positional.push(token);
            }
        }
        if self.values.is_on("help") || self.values.is_on("version") {
            return Ok(());
        }
        self.assign_arguments(command)?;
        self.check(command)
    }

    /// Reads one option and, if it takes one, the value.
    fn option(&mut self, token: &str, command: Option<&'static Command>) -> Result<(), CliError> {
        let (name, value) = split(token);
        if let Some(secret) = self.secret_file(name, command) {
            let file = self.value_of(name, value.map(str::to_owned), "<FILE>")?;
            self.values.push(secret.name, file);
            self.values.from_files.push(secret.name);
            return Ok(());
        }
        let Some(input) = self.find(name, command) else {
            // letters of switches can be combined, and a value can be glued to a letter
            return match token.strip_prefix('-') {
                Some(letters) if !letters.starts_with('-') && letters.chars().count() > 1 => {
                    self.letters(letters, command)
                }
                _ => Err(self.unknown(name, command)),
            };
        };
        self.take(input, name, value.map(str::to_owned))
    }

    fn letters(
        &mut self,
        letters: &str,
        command: Option<&'static Command>,
    ) -> Result<(), CliError> {
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            let name = format!("-{letter}");
            let Some(input) = self.find(&name, command) else {
                return Err(self.unknown(&format!("-{letters}"), command));
            };
            if matches!(input.kind, Kind::Switch | Kind::Optional) {
                self.take(input, &name, None)?;
            } else {
                let glued = rest.as_str();
                let glued = glued.strip_prefix('=').unwrap_or(glued);
                let value = (!glued.is_empty()).then(|| glued.to_owned());
                return self.take(input, &name, value);
            }
        }
        Ok(())
    }

    fn take(&mut self, input: Input, name: &str, value: Option<String>) -> Result<(), CliError> {
        let value = match (input.kind, value) {
            (Kind::Switch, None) => "true".to_owned(),
            (Kind::Switch, Some(value)) => match value.as_str() {
                "true" | "1" => "true".to_owned(),
                "false" | "0" => "false".to_owned(),
                _ => {
                    return Err(
                        CliError::usage(format!("`{name}` takes no value `{value}`"))
                            .with_hint(format!("write `{name}` or `{name}=false`")),
                    );
                }
            },
            (Kind::Optional, value) => value.unwrap_or_default(),
            (_, Some(value)) => value,
            (_, None) => self.value_of(name, None, &input.placeholder())?,
        };
        if value.is_empty()
            && !matches!(input.kind, Kind::Optional | Kind::Switch)
            && !input.may_be_empty
        {
            return Err(CliError::usage(format!("the value of `{name}` is empty"))
                .with_hint(format!("leave `{name}` out, or give it a value")));
        }
        self.values.push(input.name, value);
        Ok(())
    }

    fn value_of(
        &mut self,
        name: &str,
        value: Option<String>,
        placeholder: &str,
    ) -> Result<String, CliError> {
        value.or_else(|| self.tokens.next()).ok_or_else(|| {
            CliError::usage(format!("`{name}` needs a value"))
                .with_hint(format!("write `{name} {placeholder}`"))
        })
    }

    /// Returns the secret flag whose value `--NAME-file` reads from a file.
    fn secret_file(&self, name: &str, command: Option<&'static Command>) -> Option<Input> {
        if self.find(name, command).is_some() {
            return None;
        }
        let folded = fold(name.strip_prefix("--")?);
        let input = self.find(&format!("--{}", folded.strip_suffix("file")?), command)?;
        input.secret.then_some(input)
    }

    /// Returns the command's flag or, if there is none, the global option with this name.
    fn find(&self, name: &str, command: Option<&'static Command>) -> Option<Input> {
        let is_match: Box<dyn Fn(&Input) -> bool> = if let Some(long) = name.strip_prefix("--") {
            let folded = fold(long);
            Box::new(move |input: &Input| input.is_called(&folded))
        } else {
            let letter = name.chars().nth(1)?;
            if name.chars().count() != 2 {
                return None;
            }
            if command.is_none()
                && let Some(known) = self.before_words(letter)
            {
                return GLOBALS.iter().find(|input| input.name == known).copied();
            }
            Box::new(move |input: &Input| input.short == Some(letter))
        };
        let own = command.into_iter().flat_map(Command::all_flags);
        let own = own.copied().chain(self.dynamic.iter().copied());
        let mut all = own.chain(GLOBALS.iter().copied());
        all.find(|input| is_match(input))
    }

    /// Returns the option of a letter with another meaning before the command.
    fn before_words(&self, letter: char) -> Option<&'static str> {
        match letter {
            'd' => Some("debug"),
            'v' if self.emulates_official_cli => Some("version"),
            _ => None,
        }
    }
}

/// Returns `true` for a word that is an option; `-` alone is a value.
fn is_option(token: &str) -> bool {
    token.len() > 1 && token.starts_with('-')
}

/// Splits `--name=value`.
fn split(token: &str) -> (&str, Option<&str>) {
    match token.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (token, None),
    }
}
