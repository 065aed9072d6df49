//! The reference of all commands in Markdown, from which docs/cli is written.

use std::fmt::Write as _;

use super::flags::flags;
use crate::engine::{
    definition::{Command, Input, Kind, Noun, Scope},
    line::words::join,
};

/// Returns the reference: a heading of the first level for each noun and command of the root, and for the
/// table of flags.
pub(crate) fn reference(root: &'static Noun) -> String {
    let mut text = String::new();
    for command in root.commands.iter().filter(|command| !command.hidden) {
        let _ = write!(text, "# {}\n\n", command.verb);
        of_command(command, command.verb, &mut text);
    }
    for noun in root.nouns {
        let _ = write!(text, "# {}\n\n{}.\n\n", noun.name, noun.summary);
        of_noun(noun, noun.name, &mut text);
    }
    text.push_str(&flags(root));
    text
}

fn of_noun(noun: &'static Noun, words: &str, text: &mut String) {
    for command in noun.commands.iter().filter(|command| !command.hidden) {
        let words = join(words, command.verb);
        let _ = write!(text, "## {words}\n\n");
        of_command(command, &words, text);
    }
    for below in noun.nouns {
        of_noun(below, &join(words, below.name), text);
    }
}

fn of_command(command: &'static Command, words: &str, text: &mut String) {
    let _ = write!(text, "{}.\n\n", command.summary);
    if !command.details.is_empty() {
        let _ = write!(text, "{}\n\n", command.details);
    }
    let arguments = command.arguments.iter().map(usage);
    let usage = arguments.fold(String::new(), |usage, argument| usage + " " + &argument);
    let _ = write!(text, "```text\natlascli {words}{usage} [OPTIONS]\n```\n\n");
    let scope = match command.resource_scope() {
        Scope::Project => "Scope: a project (`--project`).",
        Scope::Organization => "Scope: an organization (`--org`).",
        Scope::Fleet => "Scope: a project, or the whole organization.",
        Scope::None => "",
    };
    if !scope.is_empty() {
        let _ = write!(text, "{scope}\n\n");
    }
    let flags: Vec<_> = command.all_flags().filter(|input| !input.hidden).collect();
    if !command.arguments.is_empty() || !flags.is_empty() {
        text.push_str("| argument or option | meaning |\n|---|---|\n");
        for argument in command.arguments {
            text.push_str(&row(&format!("`{}`", argument.placeholder()), argument));
        }
        for flag in flags {
            text.push_str(&row(&option(flag), flag));
        }
        text.push('\n');
    }
    if !command.examples.is_empty() {
        text.push_str("```console\n");
        for example in command.examples {
            let _ = write!(text, "# {}\n$ atlascli {}\n", example.task, example.line);
        }
        text.push_str("```\n\n");
    }
    if let Some(operation) = command.operation {
        let _ = write!(text, "Operation: `{}`", operation.id);
        if operation.roles.is_empty() {
            text.push_str(".\n\n");
        } else {
            let _ = write!(
                text,
                "; needs one of these roles: {}.\n\n",
                operation.roles.join(", ")
            );
        }
    }
}

fn usage(argument: &Input) -> String {
    let name = argument.placeholder();
    let dots = if argument.many { "…" } else { "" };
    if argument.required {
        format!("{name}{dots}")
    } else {
        format!("[{name}{dots}]")
    }
}

fn option(flag: &Input) -> String {
    let short = flag
        .short
        .map_or_else(String::new, |letter| format!("`-{letter}`, "));
    let value = match flag.kind {
        Kind::Switch => String::new(),
        Kind::Optional => format!("[={}]", flag.placeholder()),
        _ => format!(" {}", flag.placeholder()),
    };
    format!("{short}`--{}{value}`", flag.name)
}

fn row(name: &str, input: &Input) -> String {
    let mut meaning = input.help.to_owned();
    if !input.choices.is_empty() {
        let _ = write!(meaning, ": {}", input.choices.join(", "));
    }
    if let Some(default) = input.default {
        let _ = write!(meaning, ". Default: `{default}`");
    }
    if input.required {
        meaning.push_str(". Required");
    }
    format!("| {name} | {} |\n", meaning.replace('|', "\\|"))
}
