//! The exit codes.

use std::process::ExitCode;

/// An exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All actions succeeded, or none was necessary.
    Success,
    /// An action failed, or the private key is missing.
    Failure,
    /// The command line is invalid; no request was sent.
    Usage,
    /// The public key is missing.
    NoPublicKey,
}

impl Exit {
    /// All exit codes in ascending order.
    pub(crate) const ALL: [Self; 4] =
        [Self::Success, Self::Failure, Self::Usage, Self::NoPublicKey];

    /// Returns the number of the exit code.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::NoPublicKey => 10,
        }
    }

    /// Returns the description for the help.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Success => "success, or nothing to do",
            Self::Failure => "an action failed, or the private key is missing",
            Self::Usage => "invalid command line; no request was sent",
            Self::NoPublicKey => "the public key is missing",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
