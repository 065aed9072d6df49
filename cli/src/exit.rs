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
}

impl Exit {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Self; 4] =
        [Self::Success, Self::Failure, Self::Usage, Self::NoPublicKey];

    /// The number that the shell sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::NoPublicKey => 10,
        }
    }

    /// What it means, for the help.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Success => "everything was done, or there was nothing to do",
            Self::Failure => "something failed, or there is no private key",
            Self::Usage => "the command line makes no sense; nothing was sent",
            Self::NoPublicKey => "there is no public key",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
