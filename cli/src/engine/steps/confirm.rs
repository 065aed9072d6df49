//! Asks for confirmations.

use std::io::{self, BufRead as _, IsTerminal as _};

use crate::engine::{Invocation, definition::Danger};
use crate::{error::CliError, exit::Exit};

/// The outcome of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmation {
    /// The command continues.
    Confirmed,
    /// The user declined.
    Declined,
}

impl Invocation<'_> {
    /// Asks for the confirmation that the command needs.
    ///
    /// # Errors
    ///
    /// Fails with a usage error without a terminal unless `--yes` or `--force` is given.
    pub(crate) fn confirm(
        &mut self,
        danger: Danger,
        action: &str,
        name: &str,
    ) -> Result<Confirmation, CliError> {
        if danger == Danger::None || self.is_on("yes") || self.is_on("force") {
            return Ok(Confirmation::Confirmed);
        }
        if !io::stdin().is_terminal() {
            return Err(CliError::usage(format!("{action} needs a confirmation"))
                .with_hint("add `--yes`; nothing was sent"));
        }
        let question = match danger {
            Danger::TypeName if !self.session.emulates_official_cli => {
                format!("{action}? Type `{name}` to confirm: ")
            }
            _ => format!("{action}? [y/N] "),
        };
        self.ui.write_stderr(&question);
        let mut answer = String::new();
        io::stdin()
            .lock()
            .read_line(&mut answer)
            .map_err(|error| CliError::failure(format!("cannot read the confirmation: {error}")))?;
        let answer = answer.trim();
        let is_confirmed = match danger {
            Danger::TypeName if !self.session.emulates_official_cli => answer == name,
            _ => matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes"),
        };
        Ok(if is_confirmed {
            Confirmation::Confirmed
        } else {
            Confirmation::Declined
        })
    }

    /// Returns the exit code of a declined command.
    pub(crate) fn declined(&mut self) -> Exit {
        self.ui.write_stderr("declined; nothing was sent\n");
        if self.session.emulates_official_cli {
            Exit::Success
        } else {
            Exit::Failure
        }
    }
}
