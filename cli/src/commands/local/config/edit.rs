//! `config edit`.

use std::{io::IsTerminal as _, process::Command as Process};

use crate::{
    config::file::ConfigFile,
    engine::{
        Invocation,
        definition::{Command, Example, Future},
    },
    error::CliError,
    exit::Exit,
};

/// The editor without `VISUAL` and `EDITOR`.
const DEFAULT_EDITOR: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The command `config edit`.
pub(super) static EDIT: Command =
    Command::local("edit", "Open the configuration file in an editor", edit)
        .details(
            "The editor is `$VISUAL`, or `$EDITOR`, or vi (notepad on Windows). The file is checked afterwards.",
        )
        .examples(&[Example {
            line: "config edit",
            task: "Edit all profiles",
        }]);

fn edit<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = invocation.session.config.file();
        let path = file.ensure_exists()?;
        let editor = ["VISUAL", "EDITOR"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|editor| !editor.trim().is_empty());
        if editor.is_none() && !std::io::stdin().is_terminal() {
            let name = DEFAULT_EDITOR;
            return Err(
                CliError::usage(format!("the editor `{name}` needs a terminal"))
                    .with_hint("set `EDITOR`, or use `atlascli config set PROPERTY VALUE`"),
            );
        }
        let editor = editor.unwrap_or_else(|| DEFAULT_EDITOR.to_owned());
        let mut words = editor.split_whitespace();
        let status = Process::new(words.next().unwrap_or(DEFAULT_EDITOR))
            .args(words)
            .arg(path)
            .status()
            .map_err(|error| {
                CliError::failure(format!("cannot start the editor `{editor}`: {error}"))
                    .with_hint("set `EDITOR` to an installed editor")
            })?;
        if !status.success() {
            return Err(CliError::failure(format!("the editor `{editor}` failed")));
        }
        // a malformed file is reported now instead of by the next command
        ConfigFile::read()?;
        Ok(Exit::Success)
    })
}
