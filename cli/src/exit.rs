//! The exit codes, which scripts rely on.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything that was asked for was done, or there was nothing to do.
    Success,
    /// Something failed, or there is no private key.
    Failure,
    /// The command line makes no sense; nothing was sent.
    Usage,
    /// There is no public key.
    NoPublicKey,
    /// Credentials are missing or rejected. This and the codes below are the command form's.
    Credentials,
    /// A resource was not found.
    NotFound,
    /// Atlas rejected the request: role, state, conflict.
    Rejected,
    /// Too many requests.
    RateLimited,
    /// Some of several changes were made.
    Partial,
    /// A wait timed out.
    TimedOut,
    /// The network or the server failed.
    Unavailable,
    /// The user interrupted the program.
    Interrupted,
}

impl Exit {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Self; 4] =
        [Self::Success, Self::Failure, Self::Usage, Self::NoPublicKey];

    /// The codes of the command form, in the order of their numbers.
    pub(crate) const OF_COMMANDS: [Self; 11] = [
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

    /// Returns the meaning in the command form, for the help.
    pub(crate) const fn command_meaning(self) -> &'static str {
        match self {
            Self::Success => "done",
            Self::Failure => "failed or declined",
            other => other.meaning(),
        }
    }

    /// The number that the shell sees.
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

    /// What it means, for the help.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Success => "everything was done, or there was nothing to do",
            Self::Failure => "something failed, or there is no private key",
            Self::Usage => "the command line makes no sense; nothing was sent",
            Self::NoPublicKey => "there is no public key",
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
