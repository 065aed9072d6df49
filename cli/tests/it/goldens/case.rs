//! Reads stored runs: environment, arguments, stdout and exit code.

use std::{fs, path::Path};

/// A run of the Python program.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) environment: Vec<(String, String)>,
    pub(super) arguments: Vec<String>,
    pub(super) stdout: String,
    pub(super) exit: i32,
}

impl Case {
    /// Reads all runs in a directory, sorted by name.
    pub(super) fn read_all(directory: &Path) -> Vec<Self> {
        let mut cases: Vec<_> = fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "cmd"))
            .map(|path| Self::read(&path))
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        cases
    }

    fn read(command: &Path) -> Self {
        let text = |extension| fs::read_to_string(command.with_extension(extension)).unwrap();
        let command_text = text("cmd");
        let words = |label: &str| {
            let line = command_text
                .lines()
                .find_map(|line| line.strip_prefix(label));
            line.unwrap_or_default().split_whitespace()
        };
        let environment = words("env:").filter_map(|word| word.split_once('='));
        let arguments = words("args:").filter(|word| *word != "''");
        Self {
            name: command.file_stem().unwrap().to_str().unwrap().to_owned(),
            environment: environment
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            arguments: arguments.map(str::to_owned).collect(),
            stdout: text("stdout"),
            exit: text("exit").trim().parse().unwrap(),
        }
    }
}
