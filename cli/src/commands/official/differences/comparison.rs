//! Compares every command of the official CLI with the matching command of this program.

use std::collections::BTreeSet;

use super::{DIFFERENCES, LEFT_OUT, LEFT_OUT_COMMANDS};
use crate::{
    commands::official::words::{OfficialCommand, OfficialFlag, find_command, official_commands},
    engine::{
        definition::{Column, Command, Input, Kind},
        line::globals::GLOBALS,
        names::spelling::fold,
    },
};

/// The official commands that are carried over.
fn carried_over() -> Vec<OfficialCommand> {
    let is_left_out = |command: &OfficialCommand| {
        let first = command.words[0].0;
        LEFT_OUT.iter().any(|known| known.words[0] == first)
            || LEFT_OUT_COMMANDS.contains(&command.name().as_str())
    };
    let commands = official_commands().into_iter();
    commands.filter(|command| !is_left_out(command)).collect()
}

/// Returns the parts in which our command differs from the official one.
fn differences(official: &OfficialCommand) -> Vec<String> {
    let words: Vec<_> = official.words.iter().map(|(word, _)| *word).collect();
    let Some(command) = find_command(&words) else {
        return vec!["command".to_owned()];
    };
    let mut parts = alias_differences(official, command);
    parts.extend(argument_differences(official, command));
    for flag in &official.flags {
        parts.extend(flag_differences(flag, command));
    }
    parts.extend(plain_differences(official, command));
    parts
}

/// Returns the aliases that are not accepted, or that name another command.
fn alias_differences(official: &OfficialCommand, command: &'static Command) -> Vec<String> {
    let mut parts = Vec::new();
    for (position, (_, aliases)) in official.words.iter().enumerate() {
        for alias in aliases {
            let mut words: Vec<_> = official.words.iter().map(|(word, _)| *word).collect();
            words[position] = alias;
            let found = find_command(&words);
            if found.is_none_or(|found| !std::ptr::eq(found, command)) {
                parts.push(format!("alias {alias}"));
            }
        }
    }
    parts
}

/// Compares the number of arguments: ours accepts the official ones, and requires no more.
fn argument_differences(official: &OfficialCommand, command: &Command) -> Vec<String> {
    let has_many = |arguments: &[&str]| arguments.iter().any(|argument| argument.ends_with('…'));
    let required = official
        .arguments
        .iter()
        .filter(|argument| argument.starts_with('<'))
        .count();
    let own_required = command
        .arguments
        .iter()
        .filter(|argument| argument.required);
    let own_many = command.arguments.iter().any(|argument| argument.many);
    let mut parts = Vec::new();
    if command.arguments.len() < official.arguments.len()
        || has_many(&official.arguments) && !own_many
    {
        parts.push("arguments".to_owned());
    }
    if own_required.count() > required {
        parts.push("required arguments".to_owned());
    }
    parts
}

fn flag_differences(official: &OfficialFlag, command: &'static Command) -> Vec<String> {
    let name = official.name;
    let folded = fold(name);
    let own = command.all_flags().chain(GLOBALS).find(|input| {
        std::iter::once(&input.name)
            .chain(input.aliases)
            .any(|known| fold(known) == folded)
    });
    let Some(own) = own else {
        return vec![format!("--{name}")];
    };
    let mut parts = Vec::new();
    if !is_same_type(official, own) {
        parts.push(format!("--{name} type"));
    }
    if let Some(letter) = official.short {
        let mut all = command.all_flags().chain(GLOBALS);
        let holder = all.find(|input| input.short == Some(letter));
        if holder.is_none_or(|holder| !std::ptr::eq(holder, own)) {
            parts.push(format!("--{name} letter"));
        }
    }
    let is_default = |default: &str| {
        own.default
            .is_some_and(|own| own.eq_ignore_ascii_case(default))
    };
    if official.default.is_some_and(|default| !is_default(default)) {
        parts.push(format!("--{name} default"));
    }
    // a required secret is asked for, and a default makes the flag optional
    let is_stricter = own.required && !own.secret && !official.is_required;
    let is_looser = official.is_required && !own.required && own.default.is_none();
    let is_alias = fold(own.name) != folded && official.is_hidden;
    if (is_stricter || is_looser) && !is_alias {
        parts.push(format!("--{name} required"));
    }
    if official.is_hidden && !own.hidden && !is_alias {
        parts.push(format!("--{name} hidden"));
    }
    parts
}

/// Returns `true` if our flag accepts what the official one does.
fn is_same_type(official: &OfficialFlag, own: &Input) -> bool {
    match official.kind {
        "switch" => own.kind == Kind::Switch,
        "integer" => own.kind == Kind::Integer || own.parser.is_some(),
        "number" => matches!(own.kind, Kind::Number | Kind::Integer),
        "list" => own.kind == Kind::List,
        "repeated" => own.kind == Kind::Repeated,
        "pairs" => own.kind == Kind::Pairs,
        _ => matches!(own.kind, Kind::Text | Kind::Optional),
    }
}

/// Compares columns and fields of the plain output.
fn plain_differences(official: &OfficialCommand, command: &Command) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some((headings, fields)) = &official.columns {
        let own = if command.plain.is_empty() {
            command.columns
        } else {
            command.plain
        };
        let own_headings: Vec<_> = own.iter().map(|column| column.heading).collect();
        if own_headings.join(" ") != *headings {
            parts.push("headings".to_owned());
        } else if own.len() != fields.len()
            || !own
                .iter()
                .zip(fields)
                .all(|(column, field)| has_field(column, field))
        {
            parts.push("columns".to_owned());
        }
    }
    if let Some(fields) = &official.result {
        let sentence = command
            .wait
            .filter(|wait| wait.always)
            .map_or(command.result, |wait| Some(wait.result));
        match sentence {
            None if command.run.is_none() => parts.push("result".to_owned()),
            Some(sentence) if sentence.matches('{').count() < fields.len() => {
                parts.push("result fields".to_owned());
            }
            _ => {}
        }
    }
    parts
}

/// Returns `true` if a column shows a field: `MongoDBVersion` is the JSON field `mongoDBVersion`.
fn has_field(column: &Column, field: &str) -> bool {
    let mut paths = column.field.split('|');
    paths.any(|path| fold(path.trim_start_matches('_')) == fold(field))
}

#[test]
fn commands_differ_only_as_the_tables_allow() {
    let mut found: BTreeSet<(String, String)> = BTreeSet::new();
    for official in carried_over() {
        for part in differences(&official) {
            found.insert((official.name(), part));
        }
    }
    let is_allowed = |command: &str, part: &str| {
        DIFFERENCES
            .iter()
            .any(|known| (known.command == "*" || known.command == command) && known.part == part)
    };
    let unexplained: Vec<_> = found
        .iter()
        .filter(|(command, part)| !is_allowed(command, part))
        .map(|(command, part)| format!("{command}: {part}"))
        .collect();
    let has_effect = |command: &str, part: &str| {
        found
            .iter()
            .any(|(known, known_part)| (command == "*" || known == command) && known_part == part)
    };
    let without_effect: Vec<_> = DIFFERENCES
        .iter()
        .filter(|known| !has_effect(known.command, known.part))
        .collect();

    assert!(
        unexplained.is_empty(),
        "unexplained differences:\n{}",
        unexplained.join("\n")
    );
    assert!(without_effect.is_empty(), "{without_effect:?}");
}
