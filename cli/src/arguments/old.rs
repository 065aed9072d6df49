//! The flags of the old program, in the order in which it declared them.
//!
//! Only these can be abbreviated: a script that wrote `--de` meant `--debug`, whatever flags have
//! been added since.

use std::fmt;

/// A flag of the old program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OldFlag {
    /// Its name behind one dash.
    pub(super) short: Option<&'static str>,
    /// Its name behind two dashes.
    pub(super) long: &'static str,
}

/// All of them.
pub(super) const ALL: [OldFlag; 10] = [
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

const fn flag(short: Option<&'static str>, long: &'static str) -> OldFlag {
    OldFlag { short, long }
}

/// The flags whose long names begin with this.
pub(super) fn beginning_with(name: &str) -> Vec<OldFlag> {
    let mut flags = ALL.into_iter();
    if let Some(exact) = flags.clone().find(|flag| flag.long == name) {
        return vec![exact];
    }
    flags
        .by_ref()
        .filter(|flag| flag.long.starts_with(name))
        .collect()
}

impl fmt::Display for OldFlag {
    /// As the old program's complaints name it, such as `-p/--pause`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(short) = self.short {
            write!(f, "-{short}/")?;
        }
        write!(f, "--{}", self.long)
    }
}
