//! Generates the help from the definitions.

mod flags;
pub(crate) mod reference;

use std::fmt::Write as _;

use clap::{Arg, ArgAction};

use crate::engine::{
    definition::{Command, Input, Kind, Noun},
    line::globals::GLOBALS,
    line::words::{Entry, join},
};
use crate::exit::Exit;

/// Returns the help of a noun or command.
pub(crate) fn help(entry: Entry, words: &str, program: &str) -> String {
    let name = join(program, words);
    let command = match entry {
        Entry::Noun(noun) if words.is_empty() => return root(noun, program),
        Entry::Noun(noun) => return of_noun(noun, &name),
        Entry::Command(command) => parser(command, &name),
    };
    let mut command = command.after_help(after(entry, program));
    command.render_help().ansi().to_string()
}

/// The commands on the first help screen, each with a task.
const FIRST: [(&str, &str); 10] = [
    ("list", "Show the projects and clusters of the organization"),
    ("find TEXT", "Find names, ids, tags and hosts"),
    ("clusters list", "List clusters"),
    ("clusters describe NAME", "Show a cluster"),
    ("clusters pause NAME", "Pause a cluster"),
    ("clusters start NAME", "Resume a cluster"),
    ("clusters create NAME", "Create a cluster"),
    ("access-lists create IP", "Allow an IP address"),
    ("dbusers create", "Create a database user"),
    ("api OPERATION", "Send any request of the Atlas API"),
];

fn root(noun: &Noun, program: &str) -> String {
    let mut text =
        format!("Manage MongoDB Atlas\n\nUsage: {program} COMMAND [OPTIONS]\n\nEvery day:\n");
    for (command, task) in FIRST {
        let _ = writeln!(text, "  {command:<24} {task}");
    }
    text.push_str("\nCommands:\n");
    text.push_str(&entries(noun));
    text.push_str("\nOptions of every command:\n");
    for input in GLOBALS {
        text.push_str(&option_line(input));
    }
    text.push_str("\nExit codes:\n");
    for exit in Exit::COMMAND_FORM {
        let _ = writeln!(text, "  {:<4} {}", exit.code(), exit.command_description());
    }
    let _ = write!(
        text,
        "\n`{program} COMMAND --help` has the options and examples of a command; `{program} help environment`\n\
         lists the variables of the environment.\nPython flags: {program} help flag-form\n"
    );
    text
}

fn of_noun(noun: &Noun, name: &str) -> String {
    format!(
        "{}\n\nUsage: {name} COMMAND [OPTIONS]\n\nCommands:\n{}\n`{name} COMMAND --help` has options and examples.\n",
        noun.summary,
        entries(noun)
    )
}

/// Returns a line for each command and noun.
fn entries(noun: &Noun) -> String {
    let commands = noun.commands.iter().filter(|command| !command.hidden);
    let commands = commands.map(|command| (command.verb, command.summary));
    let nouns = noun.nouns.iter().map(|noun| (noun.name, noun.summary));
    let lines = commands
        .chain(nouns)
        .map(|(name, summary)| format!("  {name:<24} {summary}\n"));
    lines.collect()
}

fn option_line(input: &Input) -> String {
    let short = input
        .short
        .map_or_else(|| "    ".to_owned(), |letter| format!("-{letter}, "));
    let name = format!("--{} {}", input.name, input.placeholder());
    format!("  {short}{name:<26} {}\n", first_sentence(input.help))
}

fn first_sentence(help: &str) -> &str {
    help.split(": table").next().unwrap_or(help)
}

/// Returns the help after the options: details, examples and roles.
fn after(entry: Entry, program: &str) -> String {
    let Entry::Command(command) = entry else {
        return String::new();
    };
    let mut text = String::new();
    if !command.details.is_empty() {
        text.push_str(command.details);
        text.push_str("\n\n");
    }
    if !command.examples.is_empty() {
        text.push_str("Examples:\n");
        for example in command.examples {
            let _ = write!(text, "  # {}\n  {program} {}\n", example.task, example.line);
        }
    }
    if let Some(operation) = command.operation {
        let _ = write!(text, "\nOperation: {} ({operation})\n", operation.id);
        if !operation.roles.is_empty() {
            let _ = writeln!(text, "Roles: any of {}", operation.roles.join(", "));
        }
    }
    text
}

/// Returns a parser for a command. It renders help, completion and man pages, and does not parse.
pub(crate) fn parser(command: &'static Command, name: &str) -> clap::Command {
    let mut parser = clap::Command::new(command.verb)
        .bin_name(name.to_owned())
        .about(command.summary)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .hide(command.hidden)
        .max_term_width(100);
    for input in command.arguments {
        parser = parser.arg(argument(input));
    }
    for input in command.all_flags() {
        parser = parser.arg(option(input).help_heading("Options"));
    }
    let own: Vec<_> = command.all_flags().collect();
    for input in GLOBALS {
        if own.iter().any(|known| known.name == input.name) {
            continue;
        }
        let mut arg = option(input).help_heading("Options of every command");
        if let Some(letter) = input.short
            && own.iter().any(|known| known.short == Some(letter))
        {
            arg = arg.short(None);
        }
        parser = parser.arg(arg);
    }
    parser
}

fn argument(input: &Input) -> Arg {
    let mut arg = Arg::new(input.name)
        .help(input.help)
        .required(input.required);
    arg = arg.value_name(input.placeholder().trim_matches(['<', '>']).to_owned());
    if input.many { arg.num_args(1..) } else { arg }
}

fn option(input: &Input) -> Arg {
    let mut arg = Arg::new(input.name)
        .long(input.name)
        .short(input.short)
        .help(describe(input))
        .hide(input.hidden)
        .required(input.required);
    match input.kind {
        Kind::Switch => arg = arg.action(ArgAction::SetTrue),
        Kind::Optional => {
            arg = arg
                .num_args(0..=1)
                .require_equals(true)
                .value_name(value_name(input));
        }
        _ => arg = arg.value_name(value_name(input)).action(ArgAction::Append),
    }
    if !input.choices.is_empty() {
        arg = arg.value_parser(input.choices.to_vec()).ignore_case(true);
    }
    arg
}

fn value_name(input: &Input) -> String {
    input.placeholder().trim_matches(['<', '>']).to_owned()
}

/// Returns the help of an input, including the default.
fn describe(input: &Input) -> String {
    let mut text = input.help.to_owned();
    if let Some(default) = input.default {
        let _ = write!(text, ". Default: {default}");
    }
    if input.secret {
        let _ = write!(
            text,
            ". `-` reads standard input, `env:NAME` a variable, `--{}-file` a file",
            input.name
        );
    }
    text
}
