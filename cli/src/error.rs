//! The error of the program: one line that says what is wrong, and one that says how to cure it.

pub(crate) mod request;

use std::io;

use crate::exit::Exit;

/// What went wrong.
#[derive(Debug)]
pub(crate) struct CliError {
    message: String,
    hint: Option<String>,
    exit: Exit,
    place: Place,
}

/// Where the message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// To stderr, as an `error:` line.
    Error,
    /// To stdout as it is, because scripts have always read it there.
    Output,
    /// Nowhere.
    Nowhere,
}

impl CliError {
    /// Something that failed.
    pub(crate) fn failure(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            exit: Exit::Failure,
            place: Place::Error,
        }
    }

    /// A command line that makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            ..Self::failure(message)
        }
    }

    /// A sentence that scripts read on stdout.
    pub(crate) fn on_output(message: impl Into<String>, exit: Exit) -> Self {
        Self {
            exit,
            place: Place::Output,
            ..Self::failure(message)
        }
    }

    /// Says how to cure it.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says how to cure it where nothing better is known.
    pub(crate) fn or_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }

    /// What is wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// How to cure it, where a cure is known.
    pub(crate) fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// How the program ends because of it.
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Whether nothing is wrong but that nobody reads the output any more.
    pub(crate) fn is_reader_gone(&self) -> bool {
        self.place == Place::Nowhere
    }

    /// Where the message goes.
    pub(crate) fn place(&self) -> Place {
        self.place
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
    /// An output that cannot be written to; a reader that has gone, as in `| head -1`, has seen
    /// enough, which is a success.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self {
                exit: Exit::Success,
                place: Place::Nowhere,
                ..Self::failure("the reader of the output has gone")
            };
        }
        Self::failure(format!("the output cannot be written: {error}"))
    }
}
