//! The old spellings that the parser cannot read, and those that do what nobody means.
//!
//! `-lp`, `-lc` and `-pid` become their long forms, and so do abbreviations of the old flags. A
//! letter that takes a value swallows what is glued to it, so that `-pid5a0a…` would pause a cluster
//! called `id5a0a…`: such words stop here.

use std::ffi::{OsStr, OsString};

use super::old;
use crate::error::CliError;

/// The flags that take a value, without their dashes.
pub(super) const WITH_VALUE: [&str; 11] = [
    "publickey",
    "privatekey",
    "pause",
    "resume",
    "project_id",
    "project-id",
    "cluster",
    "createcluster",
    "clusterconfig",
    "clustername",
    "output",
];

/// The flags that take none, but for the help, which `-help` shows anyway.
pub(super) const WITHOUT_VALUE: [&str; 7] = [
    "list",
    "listproj",
    "listcluster",
    "defaultcluster",
    "demo",
    "debug",
    "version",
];

/// Returns `true` for the long name of a flag.
pub(crate) fn is_flag(name: &str) -> bool {
    WITH_VALUE.contains(&name) || WITHOUT_VALUE.contains(&name) || name == "help"
}

/// Returns `true` for the beginning of a flag that can be abbreviated.
pub(crate) fn is_abbreviation(name: &str) -> bool {
    !name.is_empty() && !old::beginning_with(name).is_empty()
}

/// The command line in spellings that the parser reads.
pub(super) fn rewrite(line: impl IntoIterator<Item = OsString>) -> Result<Vec<OsString>, CliError> {
    let mut words = line.into_iter();
    let mut rewritten: Vec<OsString> = words.next().into_iter().collect();
    while let Some(word) = words.next() {
        if word == "--" {
            rewritten.push(word);
            break;
        }
        let word = one(word)?;
        let value = if takes_next(&word) {
            words.next()
        } else {
            None
        };
        rewritten.push(word);
        rewritten.extend(value);
    }
    rewritten.extend(words);
    Ok(rewritten)
}

/// One word that is a flag, or stands where a flag could.
fn one(word: OsString) -> Result<OsString, CliError> {
    let Some(letters) = word.to_str().and_then(|text| text.strip_prefix('-')) else {
        return Ok(word);
    };
    let (name, value) = match letters.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (letters, None),
    };
    let long = match name.strip_prefix('-') {
        Some(beginning) => abbreviated(beginning)?,
        None => several_letters(name),
    };
    let Some(long) = long else {
        check(letters, name)?;
        return Ok(word);
    };
    Ok(match value {
        Some(value) => format!("--{long}={value}").into(),
        None => format!("--{long}").into(),
    })
}

/// The long name of a flag that has several letters behind one dash.
fn several_letters(name: &str) -> Option<&'static str> {
    let flag = old::ALL
        .into_iter()
        .find(|flag| name.len() > 1 && flag.short == Some(name))?;
    Some(flag.long)
}

/// The one old flag that begins like this; none if there is none.
fn abbreviated(name: &str) -> Result<Option<&'static str>, CliError> {
    let flags = old::beginning_with(name);
    let [_, _, ..] = flags[..] else {
        return Ok(flags.first().map(|flag| flag.long));
    };
    let names: Vec<_> = flags
        .iter()
        .map(|flag| format!("--{}", flag.long))
        .collect();
    Err(ambiguous(&format!("--{name}"), &names.join(", ")))
}

fn ambiguous(written: &str, candidates: &str) -> CliError {
    CliError::usage(format!(
        "ambiguous option: {written} could match {candidates}"
    ))
    .with_hint("write the flag out; `atlascli --help` says what each does")
}

/// Stops at what would be understood as something that nobody means.
fn check(letters: &str, name: &str) -> Result<(), CliError> {
    if letters.starts_with('-') {
        return Ok(());
    }
    if lacks_a_dash(name) {
        return Err(CliError::usage(format!("`-{name}` has one dash too few"))
            .with_hint(format!("write `--{name}`")));
    }
    if letters == "pi" || letters.starts_with("pi=") {
        return Err(ambiguous("-pi", "-p, -pid"));
    }
    if let Some(id) = letters.strip_prefix("pid") {
        return Err(CliError::usage(format!(
            "`-{letters}` would pause a cluster called `id{id}`"
        ))
        .with_hint(format!(
            "for the project write `-pid {id}`, for that cluster `--pause id{id}`"
        )));
    }
    swallowed(letters)
}

/// Whether these letters are meant to be a long flag or, from three letters on, the beginning of one.
fn lacks_a_dash(name: &str) -> bool {
    let begins = |flag: &old::OldFlag| flag.long != "help" && flag.long.starts_with(name);
    WITH_VALUE.contains(&name)
        || WITHOUT_VALUE.contains(&name)
        || name.len() > 2 && old::ALL.iter().any(begins)
}

/// Stops at letters of which one takes what is glued to it as a cluster's name, as in `-lpd`.
fn swallowed(letters: &str) -> Result<(), CliError> {
    let Some(at) = letters.find(['p', 'r']) else {
        return Ok(());
    };
    let (flags, rest) = letters.split_at(at);
    let name = &rest[1..];
    let are_flags = flags.bytes().all(|letter| b"hldV".contains(&letter));
    if flags.is_empty() || name.is_empty() || !are_flags {
        return Ok(());
    }
    let verb = if rest.starts_with('p') {
        "pause"
    } else {
        "resume"
    };
    let projects = if letters.starts_with("lp") {
        "`-lp` for the projects, "
    } else {
        ""
    };
    Err(CliError::usage(format!(
        "`-{letters}` would {verb} a cluster called `{name}`"
    ))
    .with_hint(format!(
        "write each flag by itself: {projects}`-{flags} --{verb} {name}` for that cluster"
    )))
}

/// Whether the word behind this one is its value, which is left alone.
fn takes_next(word: &OsStr) -> bool {
    let Some(text) = word.to_str() else {
        return false;
    };
    if let Some(long) = text.strip_prefix("--") {
        return WITH_VALUE.contains(&long);
    }
    let takes_value = ['p', 'r', 'o'];
    text.strip_prefix('-').is_some_and(|letters| {
        letters.ends_with(takes_value) && letters.find(takes_value) == Some(letters.len() - 1)
    })
}
