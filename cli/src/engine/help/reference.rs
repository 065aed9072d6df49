//! The reference of all commands in Markdown, from which docs/cli is written.

use crate::engine::{
    definition::{Command, Input, Kind, Noun, Scope},
    line::words::join,
};

/// Returns the reference: a heading of the first level for each noun and command of the root.
pub(crate) fn reference(root: &'static Noun) -> String {
    let mut text = String::new();
    for command in root.commands.iter().filter(|command| !command.hidden) {
        text.push_str(&format!("# {}\n\n", command.verb));
        of_command(command, command.verb, &mut text);
    }
    for noun in root.nouns {
        text.push_str(&format!("# {}\n\n{}.\n\n", noun.name, noun.summary));
        of_noun(noun, noun.name, &mut text);
    }
    text
}

fn of_noun(noun: &'static Noun, words: &str, text: &mut String) {
    for command in noun.commands.iter().filter(|command| !command.hidden) {
        let words = join(words, command.verb);
        text.push_str(&format!("## {words}\n\n"));
        of_command(command, &words, text);
    }
    for below in noun.nouns {
        of_noun(below, &join(words, below.name), text);
    }
}

fn of_command(command: &'static Command, words: &str, text: &mut String) {
    text.push_str(&format!("{}.\n\n", command.summary));
    if !command.details.is_empty() {
        text.push_str(&format!("{}\n\n", command.details));
    }
    let arguments = command.arguments.iter().map(usage);
    let usage: String = arguments.map(|argument| format!(" {argument}")).collect();
    text.push_str(&format!(
        "```text\natlascli {words}{usage} [OPTIONS]\n```\n\n"
    ));
    let scope = match command.resource_scope() {
        Scope::Project => "Scope: a project (`--project`).",
        Scope::Organization => "Scope: an organization (`--org`).",
        Scope::Fleet => "Scope: a project, or the whole organization.",
        Scope::None => "",
    };
    if !scope.is_empty() {
        text.push_str(&format!("{scope}\n\n"));
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
            text.push_str(&format!(
                "# {}\n$ atlascli {}\n",
                example.task, example.line
            ));
        }
        text.push_str("```\n\n");
    }
    if let Some(operation) = command.operation {
        text.push_str(&format!("Operation: `{}`", operation.id));
        if operation.roles.is_empty() {
            text.push_str(".\n\n");
        } else {
            text.push_str(&format!(
                "; needs one of these roles: {}.\n\n",
                operation.roles.join(", ")
            ));
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
        meaning.push_str(&format!(": {}", input.choices.join(", ")));
    }
    if let Some(default) = input.default {
        meaning.push_str(&format!(". Default: `{default}`"));
    }
    if input.required {
        meaning.push_str(". Required");
    }
    format!("| {name} | {} |\n", meaning.replace('|', "\\|"))
}
