//! `completion` and `man`.

use std::fs;

use clap_complete::Shell;

use crate::{
    commands::ROOT,
    engine::{
        Invocation,
        definition::{Command, Example, Future, Input, Noun, Target, argument, flag},
        help,
        line::words::join,
    },
    error::CliError,
    exit::Exit,
};

/// The command group `completion`: one command for each shell.
pub(crate) static NOUN: Noun = Noun::new("completion", "Print the completion script of a shell")
    .commands(&[&BASH, &ZSH, &FISH, &POWERSHELL, &ELVISH]);

const FLAGS: &[Input] = &[flag(
    "no-descriptions",
    Target::None,
    "Complete words without their descriptions",
)
.switch()];

static BASH: Command = Command::local("bash", "Print the script for bash", completion)
    .flags(FLAGS)
    .examples(&[Example {
        line: "completion bash",
        task: "Print the script; `source <(atlascli completion bash)` loads it",
    }]);
static ZSH: Command = Command::local("zsh", "Print the script for zsh", completion)
    .flags(FLAGS)
    .examples(&[Example {
        line: "completion zsh",
        task: "Print the script, for a file `_atlascli` in a directory of `$fpath`",
    }]);
static FISH: Command = Command::local("fish", "Print the script for fish", completion)
    .flags(FLAGS)
    .examples(&[Example {
        line: "completion fish",
        task: "Print the script, for `~/.config/fish/completions/atlascli.fish`",
    }]);
static POWERSHELL: Command =
    Command::local("powershell", "Print the script for PowerShell", completion)
        .flags(FLAGS)
        .examples(&[Example {
            line: "completion powershell",
            task: "Print the script, for the profile of PowerShell",
        }]);
static ELVISH: Command = Command::local("elvish", "Print the script for elvish", completion)
    .flags(FLAGS)
    .examples(&[Example {
        line: "completion elvish",
        task: "Print the script, for `rc.elv`",
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

/// Removes the descriptions of commands and options.
fn without_descriptions(parser: clap::Command) -> clap::Command {
    parser
        .about(None)
        .mut_args(|argument| argument.help(None))
        .mut_subcommands(without_descriptions)
}

fn completion<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let shell = match invocation.command.verb {
            "zsh" => Shell::Zsh,
            "fish" => Shell::Fish,
            "powershell" => Shell::PowerShell,
            "elvish" => Shell::Elvish,
            _ => Shell::Bash,
        };
        let program = if invocation.session.emulates_official_cli {
            "atlas"
        } else {
            "atlascli"
        };
        let mut script = Vec::new();
        let mut root = tree(&ROOT, program, program);
        if invocation.is_on("no-descriptions") {
            root = without_descriptions(root);
        }
        clap_complete::generate(shell, &mut root, program, &mut script);
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
