//! The variables of the environment, each declared once.

use std::env;

/// A variable that the program understands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it does, for the help.
    pub(crate) meaning: &'static str,
}

impl Variable {
    /// Its value; one that is empty or blank counts as not set.
    ///
    /// Bytes that are no text become replacement characters, which no key and no address holds, so
    /// that they are complained about where the value is used.
    pub(crate) fn read(self) -> Option<String> {
        let value = env::var_os(self.name)?.to_string_lossy().into_owned();
        (!value.trim().is_empty()).then_some(value)
    }
}

/// The public half of the API key.
pub(crate) const PUBLIC_KEY: Variable = Variable {
    name: "ATLAS_PUBLIC_KEY",
    meaning: "the public API key, unless `--publickey` gives it",
};

/// The private half of the API key.
pub(crate) const PRIVATE_KEY: Variable = Variable {
    name: "ATLAS_PRIVATE_KEY",
    meaning: "the private API key, unless `--privatekey` gives it",
};

/// Where Atlas is. The SDK reads it, so that its errors can name it.
const BASE_URL: Variable = Variable {
    name: "ATLAS_BASE_URL",
    meaning: "the place to talk to instead of https://cloud.mongodb.com",
};

/// Whether colours are unwanted. The library for colours reads it.
const NO_COLOR: Variable = Variable {
    name: "NO_COLOR",
    meaning: "set to anything, turns colours off",
};

/// The official CLI's variables. The SDK reads them, and that program's profiles.
const OFFICIAL: Variable = Variable {
    name: "MONGODB_ATLAS_*",
    meaning: "where there is no key, those of the official CLI, then its default profile",
};

/// All of them, in the order of the help.
pub(crate) const ALL: [Variable; 5] = [PUBLIC_KEY, PRIVATE_KEY, OFFICIAL, BASE_URL, NO_COLOR];
