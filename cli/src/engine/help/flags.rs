//! Generates the reference page with the table of all flags and their help texts.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::engine::{
    definition::{Command, Noun},
    line::{globals::GLOBALS, words::join},
};

/// The number of commands that a row names; a flag of more commands gets their number.
const NAMED_COMMANDS: usize = 4;

/// Returns a Markdown table with one row for each flag and help text.
pub(super) fn flags(root: &'static Noun) -> String {
    let mut rows: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    collect(root, "", &mut rows);
    let mut text = String::from(
        "# flags\n\nAll flags with their meaning. A flag whose meaning depends on the resource has a row for each meaning.\n\n\
         | flag | meaning | commands |\n|---|---|---|\n",
    );
    for input in GLOBALS {
        let help = input.help.replace('|', "\\|");
        let _ = writeln!(text, "| `--{}` | {help} | all |", input.name);
    }
    for ((name, help), commands) in rows {
        let help = help.replace('|', "\\|");
        let commands = if commands.len() > NAMED_COMMANDS {
            format!("{} commands", commands.len())
        } else {
            commands.join(", ")
        };
        let _ = writeln!(text, "| `--{name}` | {help} | {commands} |");
    }
    text.push('\n');
    text
}

fn collect(
    noun: &'static Noun,
    words: &str,
    rows: &mut BTreeMap<(&'static str, &'static str), Vec<String>>,
) {
    let is_shown = |command: &&&'static Command| !command.hidden;
    for command in noun.commands.iter().filter(is_shown) {
        for input in command.all_flags().filter(|input| !input.hidden) {
            let row = rows.entry((input.name, input.help)).or_default();
            row.push(join(words, command.verb));
        }
    }
    for below in noun.nouns {
        collect(below, &join(words, below.name), rows);
    }
}
