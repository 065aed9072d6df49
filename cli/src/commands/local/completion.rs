//! `completion` and `man`.

use std::fs;

use clap_complete::Shell;

use crate::{
    commands::ROOT,
    engine::{
        Invocation,
        definition::{Command, Example, Future, Noun, Target, argument, flag},
        help,
        line::words::join,
    },
    error::CliError,
    exit::Exit,
};

/// The shells with completion.
const SHELLS: &[&str] = &["bash", "zsh", "fish", "powershell", "elvish"];

/// The command `completion`.
pub(crate) static COMPLETION: Command = Command::local(
    "completion",
    "Print the completion script of a shell",
    completion,
)
.arguments(&[argument(
    "shell",
    Target::None,
    "Shell: bash, zsh, fish, powershell or elvish",
)])
.examples(&[Example {
    line: "completion bash",
    task: "Print the completion script of bash",
}]);

/// The command `man`.
pub(crate) static MAN: Command = Command::local(
    "man",
    "Print the manual page of a command, or write all pages",
    man,
)
.arguments(&[argument("topic", Target::None, "Words of a command")
    .optional()
    .many()])
.flags(&[flag(
    "dir",
    Target::None,
    "Directory for the pages of all commands",
)
.value_name("DIRECTORY")])
.examples(&[Example {
    line: "man clusters list",
    task: "Print the manual page of a command",
}]);

/// Returns the parser of a noun with everything below it.
fn tree(noun: &'static Noun, name: &'static str, words: &str) -> clap::Command {
    let mut parser = clap::Command::new(name)
        .about(noun.summary)
        .disable_help_flag(true)
        .disable_help_subcommand(true);
    for command in noun.commands.iter().filter(|command| !command.hidden) {
        let words = join(words, command.verb);
        let mut below = help::parser(command, &words);
        if let Some(noun) = noun.nouns.iter().find(|noun| noun.name == command.verb) {
            // a command and a noun of one name
            let children = tree(noun, noun.name, &words);
            below = below.subcommands(children.get_subcommands().cloned());
        }
        parser = parser.subcommand(below);
    }
    let is_command = |name: &str| noun.commands.iter().any(|command| command.verb == name);
    for below in noun.nouns.iter().filter(|noun| !is_command(noun.name)) {
        parser = parser.subcommand(tree(below, below.name, &join(words, below.name)));
    }
    parser
}

fn completion<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let name = invocation.text("shell").unwrap_or_default();
        let shell: Shell = name.parse().map_err(|_| {
            CliError::usage(format!("unknown shell `{name}`"))
                .with_hint(format!("shells: {}", SHELLS.join(", ")))
        })?;
        let program = if invocation.session.is_official {
            "atlas"
        } else {
            "atlascli"
        };
        let mut script = Vec::new();
        clap_complete::generate(
            shell,
            &mut tree(&ROOT, "atlascli", "atlascli"),
            program,
            &mut script,
        );
        Ok(invocation
            .ui
            .print_and_exit(&String::from_utf8_lossy(&script)))
    })
}

fn man<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let root = tree(&ROOT, "atlascli", "atlascli");
        if let Some(directory) = invocation.text("dir") {
            let directory = std::path::Path::new(directory);
            let cannot = |error: std::io::Error| {
                CliError::failure(format!("cannot write the manual pages: {error}"))
            };
            fs::create_dir_all(directory).map_err(cannot)?;
            clap_mangen::generate_to(root, directory).map_err(cannot)?;
            return Ok(Exit::Success);
        }
        let words = invocation.texts("topic").iter();
        let mut command = &root;
        for word in words {
            command = command.find_subcommand(word).ok_or_else(|| {
                CliError::usage(format!("unknown command `{word}`"))
                    .with_hint("`atlascli --help` lists the commands")
            })?;
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        Ok(invocation
            .ui
            .print_and_exit(&String::from_utf8_lossy(&page)))
    })
}
