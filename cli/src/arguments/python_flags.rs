//! Declares the flags of the Python program, in the order of that program.
//!
//! Only these can be abbreviated, so that the abbreviations in existing scripts stay unambiguous
//! when flags are added.

use std::fmt;

/// A flag of the Python program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PythonFlag {
    /// The name after one dash.
    pub(super) short: Option<&'static str>,
    /// The name after two dashes.
    pub(super) long: &'static str,
}

/// All flags of the Python program.
pub(super) const ALL: [PythonFlag; 10] = [
    flag(Some("h"), "help"),
    flag(None, "publickey"),
    flag(None, "privatekey"),
    flag(Some("p"), "pause"),
    flag(Some("r"), "resume"),
    flag(Some("l"), "list"),
    flag(Some("lp"), "listproj"),
    flag(Some("lc"), "listcluster"),
    flag(Some("pid"), "project_id"),
    flag(Some("d"), "debug"),
];

const fn flag(short: Option<&'static str>, long: &'static str) -> PythonFlag {
    PythonFlag { short, long }
}

/// Returns the flag with this long name or, if there is none, the flags whose long names start with it.
pub(super) fn with_prefix(prefix: &str) -> Vec<PythonFlag> {
    if let Some(exact) = ALL.into_iter().find(|flag| flag.long == prefix) {
        return vec![exact];
    }
    ALL.into_iter()
        .filter(|flag| flag.long.starts_with(prefix))
        .collect()
}

impl fmt::Display for PythonFlag {
    /// Formats the flag as `argparse` does in messages, such as `-p/--pause`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(short) = self.short {
            write!(f, "-{short}/")?;
        }
        write!(f, "--{}", self.long)
    }
}
