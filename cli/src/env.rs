//! Environment variables.

use std::env;

/// An environment variable and a description for the help.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    /// Name of the variable.
    pub(crate) name: &'static str,
    /// Description for the help.
    pub(crate) description: &'static str,
}

impl Variable {
    /// Returns the value. `None` if unset or blank.
    ///
    /// Invalid UTF-8 becomes replacement characters, which later validation rejects.
    pub(crate) fn read(self) -> Option<String> {
        let value = env::var_os(self.name)?.to_string_lossy().into_owned();
        (!value.trim().is_empty()).then_some(value)
    }
}

/// The public API key.
pub(crate) const PUBLIC_KEY: Variable = Variable {
    name: "ATLAS_PUBLIC_KEY",
    description: "public API key; `--publickey` overrides it",
};

/// The private API key.
pub(crate) const PRIVATE_KEY: Variable = Variable {
    name: "ATLAS_PRIVATE_KEY",
    description: "private API key; `--privatekey` overrides it",
};

/// The base URL. Read by the SDK.
const BASE_URL: Variable = Variable {
    name: "ATLAS_BASE_URL",
    description: "base URL of Atlas; default: https://cloud.mongodb.com",
};

/// Disables colours. Read by `anstream`.
const NO_COLOR: Variable = Variable {
    name: "NO_COLOR",
    description: "any value turns colours off",
};

/// The official CLI's variables. Read by the SDK, like the official CLI's profiles.
const OFFICIAL_CLI: Variable = Variable {
    name: "MONGODB_ATLAS_*",
    description: "variables of the official CLI; fallback, before its default profile",
};

/// All variables in the order of the help.
pub(crate) const ALL: [Variable; 5] = [PUBLIC_KEY, PRIVATE_KEY, OFFICIAL_CLI, BASE_URL, NO_COLOR];
