//! Starts a program with the connection string. The password is not an argument, because other users of the machine
//! can see those; each program asks for it.

use std::process::Command as Process;

use super::{plan::Plan, steps::Outcome};
use crate::{engine::Invocation, error::CliError};

/// Starts the program of `--connect-with`, and waits for mongosh.
///
/// # Errors
///
/// Fails if the program cannot be started.
pub(super) fn start(
    invocation: &Invocation<'_>,
    plan: &Plan,
    outcome: &Outcome,
) -> Result<(), CliError> {
    let chosen = invocation.choice("connect-with")?;
    let (program, arguments) = match chosen.as_deref() {
        Some("mongosh") => (
            "mongosh",
            vec![
                outcome.connection_string.clone(),
                "--username".to_owned(),
                plan.username.clone(),
            ],
        ),
        Some("compass") if cfg!(target_os = "macos") => (
            "open",
            vec![
                "-a".to_owned(),
                "MongoDB Compass".to_owned(),
                outcome.connection_string.clone(),
            ],
        ),
        Some("compass") if cfg!(windows) => {
            ("MongoDBCompass", vec![outcome.connection_string.clone()])
        }
        Some("compass") => ("mongodb-compass", vec![outcome.connection_string.clone()]),
        Some("vscode") => ("code", vec!["--open-url".to_owned(), vscode_url(outcome)]),
        _ => return Ok(()),
    };
    let mut process = Process::new(program);
    process.args(arguments);
    let started = if program == "mongosh" {
        process.status().map(drop)
    } else {
        process.spawn().map(drop)
    };
    started.map_err(|error| {
        CliError::failure(format!("cannot start `{program}`: {error}"))
            .with_hint("the cluster is ready; install the program, or connect with another one")
    })
}

/// Returns the URL with which VS Code opens a connection.
fn vscode_url(outcome: &Outcome) -> String {
    let encoded: String = outcome
        .connection_string
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("vscode://mongodb.mongodb-vscode/connectWithURI?connectionString={encoded}")
}
