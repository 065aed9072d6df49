//! Output of the program: data to stdout, messages to stderr.

pub(crate) mod progress;

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use anstyle::Style;
use serde::Serialize;

use crate::{
    error::{CliError, Destination},
    exit::Exit,
    style,
    terminal::printable,
};

/// A message on stderr as a line of JSON.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Notice<'a> {
    /// `error`, `warning` or `hint`.
    level: &'a str,
    message: &'a str,
    /// The action that resolves it.
    hint: Option<&'a str>,
    /// The error code of Atlas.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    /// The fields of the request that Atlas rejected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<RejectedField<'a>>,
}

/// A field of a request that Atlas rejected.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RejectedField<'a> {
    field: &'a str,
    description: &'a str,
}

impl<'a> Notice<'a> {
    /// Creates a message.
    pub(crate) const fn new(level: &'a str, message: &'a str, hint: Option<&'a str>) -> Self {
        Self {
            level,
            message,
            hint,
            code: None,
            fields: Vec::new(),
        }
    }

    /// Returns the message of an error.
    pub(crate) fn of_error(error: &'a CliError) -> Self {
        let fields = error.fields().iter();
        let fields = fields.map(|(field, description)| RejectedField { field, description });
        Self {
            code: error.code(),
            fields: fields.collect(),
            ..Self::new("error", error.message(), error.hint())
        }
    }

    /// Returns the message as a line of JSON.
    pub(crate) fn line(&self) -> String {
        // strings can always be written as JSON
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

/// The output streams of the program.
pub(crate) struct Ui {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    /// File for data instead of `out`.
    file: Option<File>,
}

impl Ui {
    /// Returns stdout and stderr of the process.
    pub(crate) fn of_process() -> Self {
        Self {
            out: Box::new(anstream::stdout()),
            err: Box::new(anstream::stderr()),
            file: None,
        }
    }

    /// Redirects data to this file, which is replaced.
    pub(crate) fn write_to(&mut self, path: &Path) -> Result<(), CliError> {
        let file = File::create(path).map_err(|error| {
            CliError::failure(format!("cannot write to `{}`: {error}", path.display()))
                .with_hint("choose a writable file in an existing directory")
        })?;
        self.file = Some(file);
        Ok(())
    }

    /// Writes data to the output file if there is one, otherwise to stdout, and flushes it.
    pub(crate) fn print(&mut self, data: &str) -> Result<(), CliError> {
        match &mut self.file {
            Some(file) => file.write_all(data.as_bytes())?,
            None => self.write_stdout(data)?,
        }
        Ok(())
    }

    fn write_stdout(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Prints an error and its hint.
    pub(crate) fn report(&mut self, error: &CliError) {
        match error.destination() {
            Destination::Stderr => self.error(error.message()),
            // A write error of an error message cannot be reported.
            Destination::Stdout => drop(self.write_stdout(&format!("{}\n", error.message()))),
            Destination::Discard => {}
        }
        if let Some(hint) = error.hint() {
            self.hint(hint);
        }
    }

    /// Prints an `error:` line to stderr.
    pub(crate) fn error(&mut self, message: &str) {
        self.write_labelled("error", style::ERROR, message);
    }

    /// Prints a `warning:` line to stderr.
    pub(crate) fn warn(&mut self, message: &str) {
        self.write_labelled("warning", style::WARNING, message);
    }

    /// Prints a `hint:` line to stderr.
    pub(crate) fn hint(&mut self, hint: &str) {
        self.write_labelled("hint", style::HINT, hint);
    }

    /// Writes text to stderr verbatim.
    pub(crate) fn write_stderr(&mut self, text: &str) {
        // A closed stderr must not change the exit code.
        drop(self.err.write_all(text.as_bytes()));
        drop(self.err.flush());
    }

    /// Prints text such as the help, and returns the exit code.
    pub(crate) fn print_and_exit(&mut self, text: &str) -> Exit {
        match self.print(text) {
            Ok(()) => Exit::Success,
            Err(error) => error.exit(),
        }
    }

    fn write_labelled(&mut self, label: &str, style: Style, text: &str) {
        self.write_stderr(&format!("{style}{label}:{style:#} {}\n", printable(text)));
    }
}

/// Writes a message to stderr from another thread than that of the command.
pub(crate) fn write_notice(level: &str, message: &str, is_json: bool) {
    let mut stderr = anstream::stderr().lock();
    if progress::can_clear_line() {
        drop(write!(stderr, "{}", progress::CLEAR_LINE));
    }
    // A closed stderr must not change the exit code.
    drop(if is_json {
        write!(stderr, "{}", Notice::new(level, message, None).line())
    } else {
        writeln!(stderr, "{level}: {}", printable(message))
    });
}

/// Reports an interrupt on stderr and ends the program.
#[expect(
    clippy::exit,
    reason = "the thread of the command can be blocked in a prompt"
)]
pub(crate) fn exit_interrupted(message: &str, hint: Option<&str>, is_json: bool) -> ! {
    write_notice("error", message, is_json);
    if let Some(hint) = hint {
        write_notice("hint", hint, is_json);
    }
    std::process::exit(Exit::Interrupted.code().into())
}
