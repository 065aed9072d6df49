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
    /// Credentials are missing or rejected. Only the command form uses this code and those below.
    Credentials,
    /// A resource was not found.
    NotFound,
    /// Atlas rejected the request: role, state, conflict.
    Rejected,
    /// Too many requests.
    RateLimited,
    /// Some changes succeeded and some failed.
    Partial,
    /// A wait timed out.
    TimedOut,
    /// The network or the server failed.
    Unavailable,
    /// The user interrupted the program.
    Interrupted,
}

impl Exit {
    /// The exit codes of the flag form, in ascending order.
    pub(crate) const FLAG_FORM: [Self; 4] =
        [Self::Success, Self::Failure, Self::Usage, Self::NoPublicKey];

    /// The exit codes of the command form, in ascending order.
    pub(crate) const COMMAND_FORM: [Self; 11] = [
        Self::Success,
        Self::Failure,
        Self::Usage,
        Self::Credentials,
        Self::NotFound,
        Self::Rejected,
        Self::RateLimited,
        Self::Partial,
        Self::TimedOut,
        Self::Unavailable,
        Self::Interrupted,
    ];

    /// Returns the description in the help of the command form.
    pub(crate) const fn command_description(self) -> &'static str {
        match self {
            Self::Success => "done",
            Self::Failure => "failed or declined",
            other => other.description(),
        }
    }

    /// Returns the numeric exit code.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::NoPublicKey => 10,
            Self::Credentials => 3,
            Self::NotFound => 4,
            Self::Rejected => 5,
            Self::RateLimited => 6,
            Self::Partial => 7,
            Self::TimedOut => 8,
            Self::Unavailable => 9,
            Self::Interrupted => 130,
        }
    }

    /// Returns the description in the help of the flag form.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Success => "success, or nothing to do",
            Self::Failure => "an action failed, or the private key is missing",
            Self::Usage => "invalid command line; no request was sent",
            Self::NoPublicKey => "the public key is missing",
            Self::Credentials => "credentials are missing or rejected",
            Self::NotFound => "not found",
            Self::Rejected => "rejected by Atlas: role, state or conflict",
            Self::RateLimited => "rate limited",
            Self::Partial => "partly done",
            Self::TimedOut => "timed out",
            Self::Unavailable => "network or server error",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
