//! Reads the list of the official words, aliases, arguments and flags, `words.txt`.

use crate::{
    commands::ROOT,
    engine::{
        definition::{Command, Noun},
        line::words::Entry,
    },
};

const WORDS: &str = include_str!("words.txt");

/// A command of the official CLI.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OfficialCommand {
    /// Each word and its aliases.
    pub(crate) words: Vec<(&'static str, Vec<&'static str>)>,
    /// The positional arguments, such as `<clusterName>` and `[entry]`.
    pub(crate) arguments: Vec<&'static str>,
    pub(crate) flags: Vec<OfficialFlag>,
    /// The headings and the fields of the plain output.
    pub(crate) columns: Option<(&'static str, Vec<&'static str>)>,
    /// The fields in the one-line result of the plain output.
    pub(crate) result: Option<Vec<&'static str>>,
}

/// A flag of a command of the official CLI.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OfficialFlag {
    pub(crate) name: &'static str,
    /// The type: text, switch, integer, number, list, repeated or pairs.
    pub(crate) kind: &'static str,
    pub(crate) short: Option<char>,
    pub(crate) is_required: bool,
    pub(crate) is_hidden: bool,
    pub(crate) default: Option<&'static str>,
}

impl OfficialCommand {
    /// Returns the words without aliases, such as `accessLists create`.
    pub(crate) fn name(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|(word, _)| *word).collect();
        words.join(" ")
    }
}

/// Returns the commands of the official CLI, in the order of the list.
pub(crate) fn official_commands() -> Vec<OfficialCommand> {
    let mut commands: Vec<OfficialCommand> = Vec::new();
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let Some(detail) = line.strip_prefix("  ") else {
            commands.push(parse_command(line));
            continue;
        };
        let Some(command) = commands.last_mut() else {
            continue;
        };
        if let Some(columns) = detail.strip_prefix("columns ") {
            let (headings, fields) = columns.split_once(" = ").unwrap_or((columns, ""));
            command.columns = Some((headings, fields.split(' ').collect()));
        } else if let Some(fields) = detail.strip_prefix("result") {
            command.result = Some(fields.split_whitespace().collect());
        } else {
            command.flags.push(parse_flag(detail));
        }
    }
    commands
}

fn parse_command(line: &'static str) -> OfficialCommand {
    let (words, arguments) = line.split_once(" :").unwrap_or((line, ""));
    let words = words.split(' ').map(|word| match word.split_once('(') {
        Some((word, aliases)) => (word, aliases.trim_end_matches(')').split(',').collect()),
        None => (word, Vec::new()),
    });
    OfficialCommand {
        words: words.collect(),
        arguments: arguments.split_whitespace().collect(),
        ..OfficialCommand::default()
    }
}

fn parse_flag(detail: &'static str) -> OfficialFlag {
    let (detail, default) = match detail.split_once(" =") {
        Some((detail, default)) => (detail, Some(default)),
        None => (detail, None),
    };
    let mut parts = detail.split(' ');
    let mut flag = OfficialFlag {
        name: parts.next().unwrap_or_default(),
        kind: parts.next().unwrap_or_default(),
        default,
        ..OfficialFlag::default()
    };
    for part in parts {
        match part {
            "required" => flag.is_required = true,
            "hidden" => flag.is_hidden = true,
            letter => flag.short = letter.chars().nth(1),
        }
    }
    flag
}

/// Returns our command of these words, in any spelling.
pub(crate) fn find_command(words: &[&str]) -> Option<&'static Command> {
    let (last, path) = words.split_last()?;
    let mut noun: &'static Noun = &ROOT;
    for word in path {
        noun = noun.noun(word)?;
    }
    match noun.entry(last, None, "").ok()? {
        Entry::Command(command) => Some(command),
        Entry::Noun(noun) => noun.default_command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_has_every_official_command() {
        let commands = official_commands();
        let flags: usize = commands.iter().map(|command| command.flags.len()).sum();

        assert_eq!(commands.len(), 302);
        assert!(flags > 1200, "{flags}");
    }

    #[test]
    fn command_is_parsed_with_its_details() {
        let commands = official_commands();
        let command = commands
            .iter()
            .find(|command| command.name() == "alerts acknowledge")
            .unwrap();

        assert_eq!(command.words[1], ("acknowledge", vec!["ack"]));
        assert_eq!(command.arguments, ["<alertId>"]);
        assert_eq!(command.flags[1].short, Some('F'));
        assert_eq!(
            command.result.as_deref(),
            Some(&["Id", "AcknowledgedUntil"][..])
        );
    }
}
