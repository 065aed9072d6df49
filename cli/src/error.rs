//! The error of the program: a message and a hint, one line each.

pub(crate) mod request;

use std::io;

use crate::exit::Exit;

/// An error: message, hint, exit code and destination.
#[derive(Debug)]
pub(crate) struct CliError {
    message: String,
    hint: Option<String>,
    exit: Exit,
    destination: Destination,
    is_output_error: bool,
    /// Atlas's error code.
    code: Option<String>,
    /// The fields of the request that Atlas rejected, with the reasons.
    fields: Vec<(String, String)>,
}

/// The stream for the message of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Stderr, as an `error:` line.
    Stderr,
    /// Stdout, verbatim, for messages that scripts read there.
    Stdout,
    /// Not printed.
    Discard,
}

impl CliError {
    /// Returns an error with exit code 1.
    pub(crate) fn failure(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            exit: Exit::Failure,
            destination: Destination::Stderr,
            is_output_error: false,
            code: None,
            fields: Vec::new(),
        }
    }

    /// Returns an error for an invalid command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            ..Self::failure(message)
        }
    }

    /// Returns an error whose message is printed to stdout.
    pub(crate) fn on_stdout(message: impl Into<String>, exit: Exit) -> Self {
        Self {
            exit,
            destination: Destination::Stdout,
            ..Self::failure(message)
        }
    }

    /// Sets the hint.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets the hint if there is none.
    pub(crate) fn or_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }

    /// Returns the message.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Returns the hint.
    pub(crate) fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Returns Atlas's error code.
    pub(crate) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the fields of the request that Atlas rejected, with the reasons.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Returns the exit code.
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Returns `true` if stdout cannot be written.
    pub(crate) fn is_output_error(&self) -> bool {
        self.is_output_error
    }

    /// Returns `true` if the reader of stdout has closed the pipe, which is not reported.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        self.destination == Destination::Discard
    }

    /// Returns the stream for the message.
    pub(crate) fn destination(&self) -> Destination {
        self.destination
    }
}

impl From<mongodbatlas::Error> for CliError {
    fn from(error: mongodbatlas::Error) -> Self {
        Self {
            hint: error.hint().map(str::to_owned),
            ..Self::failure(error.to_string())
        }
    }
}

impl From<io::Error> for CliError {
    /// Converts an error of writing the output. A closed pipe, as in `| head -1`, is a success.
    fn from(error: io::Error) -> Self {
        let failure = Self {
            is_output_error: true,
            ..Self::failure(format!("cannot write the output: {error}"))
        };
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self {
                exit: Exit::Success,
                destination: Destination::Discard,
                ..failure
            };
        }
        failure
    }
}
