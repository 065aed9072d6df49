//! Rewrites flag spellings that clap cannot parse, and rejects those that name the wrong cluster.
//!
//! `-lp`, `-lc`, `-pid` and abbreviations of the Python program's flags become long flags. A short
//! flag takes the text glued to it as its value, so `-pid5a0a…` would pause a cluster named
//! `id5a0a…`: such words are rejected.

use std::ffi::{OsStr, OsString};

use super::python_flags::{self, PythonFlag};
use crate::error::CliError;

/// Long names of the flags that take a value.
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

/// Long names of the flags that take no value, without `help`: `-help` shows the help anyway.
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
    !name.is_empty() && !python_flags::with_prefix(name).is_empty()
}

/// Returns the command line with all flags in spellings that clap parses.
pub(super) fn rewrite(line: impl IntoIterator<Item = OsString>) -> Result<Vec<OsString>, CliError> {
    let mut words = line.into_iter();
    let mut rewritten: Vec<OsString> = words.next().into_iter().collect();
    while let Some(word) = words.next() {
        if word == "--" {
            rewritten.push(word);
            break;
        }
        let word = rewrite_word(word)?;
        let value = if takes_next_word(&word) {
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

/// Rewrites one word that is not the value of the flag before it.
fn rewrite_word(word: OsString) -> Result<OsString, CliError> {
    let Some(letters) = word.to_str().and_then(|text| text.strip_prefix('-')) else {
        return Ok(word);
    };
    let (name, value) = match letters.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (letters, None),
    };
    let long = match name.strip_prefix('-') {
        Some(prefix) => expand_abbreviation(prefix)?,
        None => expand_multi_letter(name),
    };
    let Some(long) = long else {
        check_short_flags(letters, name)?;
        return Ok(word);
    };
    Ok(match value {
        Some(value) => format!("--{long}={value}").into(),
        None => format!("--{long}").into(),
    })
}

/// Returns the long name of a short flag of several letters, such as `-lp`.
fn expand_multi_letter(name: &str) -> Option<&'static str> {
    let flag = python_flags::ALL
        .into_iter()
        .find(|flag| name.len() > 1 && flag.short == Some(name))?;
    Some(flag.long)
}

/// Returns the long name that starts with this prefix. `None` if there is none, an error if there
/// are several.
fn expand_abbreviation(prefix: &str) -> Result<Option<&'static str>, CliError> {
    let flags = python_flags::with_prefix(prefix);
    let [_, _, ..] = flags[..] else {
        return Ok(flags.first().map(|flag| flag.long));
    };
    let names: Vec<_> = flags
        .iter()
        .map(|flag| format!("--{}", flag.long))
        .collect();
    Err(ambiguous(&format!("--{prefix}"), &names.join(", ")))
}

fn ambiguous(word: &str, candidates: &str) -> CliError {
    CliError::usage(format!("ambiguous option: {word} could match {candidates}"))
        .with_hint("write the flag out; `atlascli --help` describes all flags")
}

/// Rejects short flags that clap would misinterpret.
fn check_short_flags(letters: &str, name: &str) -> Result<(), CliError> {
    if letters.starts_with('-') {
        return Ok(());
    }
    if is_long_flag(name) {
        return Err(CliError::usage(format!("`-{name}` lacks a dash"))
            .with_hint(format!("write `--{name}`")));
    }
    if letters == "pi" || letters.starts_with("pi=") {
        return Err(ambiguous("-pi", "-p, -pid"));
    }
    if let Some(id) = letters.strip_prefix("pid") {
        return Err(
            CliError::usage(format!("`-{letters}` would pause a cluster named `id{id}`"))
                .with_hint(format!(
                    "write `-pid {id}` for the project, or `--pause id{id}` for the cluster"
                )),
        );
    }
    check_glued_name(letters)
}

/// Returns `true` if the name is that of a long flag, or a prefix of one with at least three
/// letters.
fn is_long_flag(name: &str) -> bool {
    let has_prefix = |flag: &PythonFlag| flag.long != "help" && flag.long.starts_with(name);
    WITH_VALUE.contains(&name)
        || WITHOUT_VALUE.contains(&name)
        || name.len() > 2 && python_flags::ALL.iter().any(has_prefix)
}

/// Rejects several short flags of which one takes the letters after it as a cluster's name, as in
/// `-lpd`.
fn check_glued_name(letters: &str) -> Result<(), CliError> {
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
        "`-{letters}` would {verb} a cluster named `{name}`"
    ))
    .with_hint(format!(
        "write each flag separately: {projects}`-{flags} --{verb} {name}` for that cluster"
    )))
}

/// Returns `true` if the word after this one is its value.
fn takes_next_word(word: &OsStr) -> bool {
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
