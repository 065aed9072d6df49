//! Converts errors of requests to command-line errors with messages, hints and exit codes.

use mongodbatlas::{Error, ErrorKind};

use super::CliError;
use crate::exit::Exit;

impl CliError {
    /// Creates the error of a command whose request failed. `action` is the first part of the message, such
    /// as ``cannot pause `events` ``.
    pub(crate) fn from_request_error(error: &Error, action: &str) -> Self {
        let exit = exit_of(error);
        let reason = match (error.detail(), error.error_code()) {
            (Some(detail), Some(code)) => format!("{} ({code})", strip_full_stop(detail)),
            (Some(detail), None) => strip_full_stop(detail),
            _ => error.to_string(),
        };
        let mut failure = Self::failure(format!("{action}: {reason}")).with_exit(exit);
        failure.code = error.error_code().map(str::to_owned);
        for field in error.field_errors() {
            let (name, description) = (field.field(), field.description());
            failure.message = format!(
                "{}; `{name}` {}",
                failure.message,
                strip_full_stop(description)
            );
            failure
                .fields
                .push((name.to_owned(), description.to_owned()));
        }
        match error.hint() {
            _ if error.is_missing_credentials() => Self::failure("no credentials found")
                .with_exit(exit)
                .with_hint(MISSING_CREDENTIALS_HINT),
            Some(hint) => failure.with_hint(hint),
            None => failure,
        }
    }

    /// Sets the exit code.
    pub(crate) fn with_exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// Prefixes the message with text.
    pub(crate) fn with_context(mut self, context: &str) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }
}

/// The hint for missing credentials.
const MISSING_CREDENTIALS_HINT: &str = "`atlascli profile create` stores an API key or a service account; `--demo` needs \
                       none";

/// Returns the exit code of an error.
pub(crate) fn exit_of(error: &Error) -> Exit {
    match error.kind() {
        ErrorKind::Configuration | ErrorKind::Unauthorized => Exit::Credentials,
        ErrorKind::NotFound => Exit::NotFound,
        ErrorKind::Forbidden | ErrorKind::Conflict | ErrorKind::BadRequest => Exit::Rejected,
        ErrorKind::RateLimited => Exit::RateLimited,
        ErrorKind::Timeout => Exit::TimedOut,
        ErrorKind::InvalidInput => Exit::Usage,
        ErrorKind::Cancelled => Exit::Interrupted,
        ErrorKind::Server
        | ErrorKind::Connection
        | ErrorKind::Tls
        | ErrorKind::InvalidResponse
        | ErrorKind::Pagination => Exit::Unavailable,
        _ => Exit::Failure,
    }
}

/// Removes the full stop from a message of Atlas, so that it can be part of another message.
fn strip_full_stop(detail: &str) -> String {
    detail.trim_end_matches('.').to_owned()
}
