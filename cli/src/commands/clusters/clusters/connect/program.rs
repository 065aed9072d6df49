//! Starts programs that connect to a cluster.

use std::{
    env,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::error::CliError;

/// The environment variables that pass the credentials to mongosh.
const CONNECTION_STRING: &str = "ATLASCLI_CONNECTION_STRING";
const USERNAME: &str = "ATLASCLI_USERNAME";
const PASSWORD: &str = "ATLASCLI_PASSWORD";

/// Connects mongosh with the variables, and removes the password from the environment of its child processes.
const SCRIPT: &str = "db = connect(process.env.ATLASCLI_CONNECTION_STRING, process.env.ATLASCLI_USERNAME, \
                      process.env.ATLASCLI_PASSWORD); delete process.env.ATLASCLI_PASSWORD;";

/// A program that connects to a cluster.
pub(super) enum Program<'a> {
    /// mongosh.
    Shell {
        user: Option<&'a str>,
        password: Option<String>,
    },
    /// MongoDB Compass.
    Compass { user: Option<&'a str> },
    /// Visual Studio Code with the extension of MongoDB.
    Editor { user: Option<&'a str> },
}

impl Program<'_> {
    /// Starts the program and waits for its end.
    ///
    /// # Errors
    ///
    /// Fails if the program is not installed or exits with an error.
    pub(super) fn start(&self, string: &str) -> Result<(), CliError> {
        let (name, files, site) = self.files();
        let Some(path) = files.iter().find_map(|file| find(file)) else {
            return Err(CliError::failure(format!(
                "{name} is not installed: `{}` not found",
                files[0]
            ))
            .with_hint(format!("install it from {site}, or connect to `{string}`")));
        };
        let mut command = self.command(&path, string);
        let cannot = |reason: String| CliError::failure(format!("{name} failed: {reason}"));
        let status = command
            .status()
            .map_err(|error| cannot(error.to_string()))?;
        if status.success() {
            Ok(())
        } else {
            Err(cannot(status.to_string()))
        }
    }

    /// Returns the name of the program, the file names of the executable, and the download site.
    fn files(&self) -> (&'static str, &'static [&'static str], &'static str) {
        match self {
            Self::Shell { .. } => (
                "mongosh",
                &["mongosh"],
                "https://www.mongodb.com/try/download/shell",
            ),
            Self::Compass { .. } => (
                "MongoDB Compass",
                &[
                    "mongodb-compass",
                    "MongoDBCompass",
                    "/Applications/MongoDB Compass.app/Contents/MacOS/MongoDB Compass",
                ],
                "https://www.mongodb.com/try/download/compass",
            ),
            Self::Editor { .. } => (
                "Visual Studio Code",
                &["code"],
                "https://code.visualstudio.com",
            ),
        }
    }

    /// Returns the command line, which has no password.
    fn command(&self, path: &Path, string: &str) -> Command {
        let mut command = Command::new(path);
        match self {
            Self::Shell { user, password } => match (user, password) {
                (Some(user), Some(password)) => {
                    command.args(["--nodb", "--shell", "--eval", SCRIPT]);
                    command.env(CONNECTION_STRING, string);
                    command.env(USERNAME, user).env(PASSWORD, password);
                }
                (Some(user), None) => {
                    command.arg(string).args(["--username", user]);
                }
                (None, _) => {
                    command.arg(string);
                }
            },
            Self::Compass { user } => {
                command.arg(with_user(string, *user));
            }
            Self::Editor { user } => {
                let string = encode(&with_user(string, *user));
                command.arg("--open-url").arg(format!(
                    "vscode://mongodb.mongodb-vscode/connectWithURI?connectionString={string}"
                ));
            }
        }
        command
    }
}

/// Inserts a user name into a connection string.
fn with_user(string: &str, user: Option<&str>) -> String {
    match (string.split_once("://"), user) {
        (Some((scheme, rest)), Some(user)) => format!("{scheme}://{}@{rest}", encode(user)),
        _ => string.to_owned(),
    }
}

/// Percent-encodes all characters except unreserved ones.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Returns the path of a program: in `PATH`, or at an absolute path.
fn find(file: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &["", ".exe", ".cmd"]
    } else {
        &[""]
    };
    let directories: Vec<PathBuf> = if Path::new(file).is_absolute() {
        vec![PathBuf::new()]
    } else {
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect()
    };
    let paths = directories.iter().flat_map(|directory| {
        endings
            .iter()
            .map(move |ending| directory.join(format!("{file}{ending}")))
    });
    paths.into_iter().find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRING: &str = "mongodb+srv://shop.example.net";

    fn arguments(program: &Program<'_>) -> Vec<String> {
        let command = program.command(Path::new("program"), STRING);
        let arguments = command.get_args();
        arguments
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn password_is_no_argument() {
        let shell = Program::Shell {
            user: Some("ada"),
            password: Some("correct-horse-9".to_owned()),
        };

        let command = shell.command(Path::new("mongosh"), STRING);

        assert!(!arguments(&shell).concat().contains("correct-horse-9"));
        let has_password = |(name, value): &(&std::ffi::OsStr, Option<&std::ffi::OsStr>)| {
            *name == PASSWORD && *value == Some("correct-horse-9".as_ref())
        };
        assert!(command.get_envs().any(|variable| has_password(&variable)));
    }

    #[test]
    fn shell_asks_for_a_missing_password() {
        let shell = Program::Shell {
            user: Some("ada"),
            password: None,
        };

        assert_eq!(arguments(&shell), [STRING, "--username", "ada"]);
    }

    #[test]
    fn user_is_encoded_in_the_connection_string() {
        let compass = Program::Compass {
            user: Some("ada@shop"),
        };
        let editor = Program::Editor { user: Some("ada") };

        assert_eq!(
            arguments(&compass),
            ["mongodb+srv://ada%40shop@shop.example.net"]
        );
        assert!(arguments(&editor)[1].ends_with("=mongodb%2Bsrv%3A%2F%2Fada%40shop.example.net"));
    }
}
