//! `official-words`: lists every command of the official CLI and the matching command of this program.

use std::fmt::Write as _;

use serde_json::json;

use super::{
    differences::{BROWSER_LOGIN, DIFFERENCES, IMPROVEMENTS, LEFT_OUT, LEFT_OUT_COMMANDS},
    words::{OfficialCommand, find_command, official_commands},
};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, column},
        steps::print::to_document,
    },
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The command `official-words`.
pub(crate) static OFFICIAL_WORDS: Command = Command::local(
    "official-words",
    "List every command of the official CLI: same, better, or left out and why",
    print,
)
.columns(&[
    column("COMMAND", "command"),
    column("STATUS", "status"),
    column("DETAILS", "details"),
])
.examples(&[Example {
    line: "official-words",
    task: "Find the commands that differ from the official ones",
}]);

/// A command of the official CLI and the matching command, or the reason why there is none.
struct Row {
    command: String,
    status: &'static str,
    details: String,
}

fn row(official: &OfficialCommand) -> Row {
    let command = official.name();
    let words: Vec<_> = official.words.iter().map(|(word, _)| *word).collect();
    let left_out = LEFT_OUT
        .iter()
        .find(|known| known.words.first() == words.first());
    let (status, details) = if let Some(left_out) = left_out {
        ("left out", left_out.alternative.to_owned())
    } else if LEFT_OUT_COMMANDS.contains(&command.as_str()) {
        ("left out", BROWSER_LOGIN.to_owned())
    } else if find_command(&words).is_none() {
        ("missing", String::new())
    } else {
        let improvement = IMPROVEMENTS.iter().find(|(words, _)| *words == command);
        let details = improvement.map(|(_, details)| (*details).to_owned());
        let own = DIFFERENCES.iter().filter(|known| known.command == command);
        let own = own.map(|known| format!("{}: {}", known.part, known.reason));
        let status = if details.is_some() { "better" } else { "same" };
        (
            status,
            details
                .into_iter()
                .chain(own)
                .collect::<Vec<_>>()
                .join("; "),
        )
    };
    Row {
        command,
        status,
        details,
    }
}

fn print<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut list = List::default();
        for row in official_commands().iter().map(row) {
            let document =
                json!({ "command": row.command, "status": row.status, "details": row.details });
            list.items.push(Item {
                document: to_document(&document)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(Exit::Success)
    })
}

/// Returns the table of docs/cli/from-official.md.
#[cfg_attr(not(test), expect(dead_code, reason = "a test writes the page"))]
fn markdown() -> String {
    let mut text = String::from("| official command | status | details |\n|---|---|---|\n");
    for row in official_commands().iter().map(row) {
        let details = row.details.replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {} | {details} |", row.command, row.status);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    /// The page that ends with the table.
    const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli/from-official.md");
    /// The line before the table.
    const MARKER: &str = "<!-- `UPDATE_REFERENCE=1 cargo test -p atlascli --bins official` writes the table below. -->\n\n";

    #[test]
    fn page_has_the_table_of_the_program() {
        let page = fs::read_to_string(PAGE).unwrap();
        let (before, table) = page.split_once(MARKER).unwrap();
        if std::env::var_os("UPDATE_REFERENCE").is_some() {
            fs::write(PAGE, format!("{before}{MARKER}{}", markdown())).unwrap();
            return;
        }

        assert_eq!(table, markdown());
    }

    #[test]
    fn improvements_name_commands_once() {
        let commands: BTreeSet<_> = official_commands()
            .iter()
            .map(OfficialCommand::name)
            .collect();
        let mut names = BTreeSet::new();
        for (command, _) in IMPROVEMENTS {
            assert!(commands.contains(*command), "{command}");
            assert!(names.insert(command), "{command} is listed twice");
        }
    }
}
