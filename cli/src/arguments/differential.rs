//! Compares how the Python program and this program parse random command lines.

#[path = "../../tests/it/python_program.rs"]
mod python_program;

use std::{
    ffi::OsString,
    fmt::Write as _,
    io::Write as _,
    process::{Command, Stdio},
};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::{Action, Arguments, ClusterChange, EarlyExit};

const LINES: usize = 5000;
const PYTHON_PARSER: &str = include_str!("differential/python_parser.py");
/// Keys in the environment.
const KEYS: [&str; 2] = ["PUBLIC", "PRIVATE"];

/// Exit code and library calls of a run.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    exit: u64,
    calls: Vec<Vec<String>>,
}

#[test]
fn random_command_lines_match_python() {
    let Some(python) = python_program::interpreter() else {
        return;
    };
    let lines = random_lines();
    let expected = python_outcomes(&python, &lines);
    assert_eq!(expected.len(), LINES);

    let mut same = 0;
    let mut with_actions = 0;
    for (line, expected) in lines.iter().zip(&expected) {
        let (outcome, error) = outcome(line);
        if outcome == *expected {
            same += 1;
            with_actions += usize::from(outcome.calls.len() > 1);
        } else {
            let error = error.unwrap_or_default();
            assert!(
                is_deliberate_error(line, expected, &error),
                "{line:?}\nPython: {expected:?}\nRust: {outcome:?} {error}"
            );
        }
    }
    // Guards against a generator that produces mostly invalid or empty lines.
    assert!(
        same > LINES * 3 / 4 && with_actions > LINES / 4,
        "{same} {with_actions}"
    );
}

/// Returns `true` if docs/compatibility.md lists the error as a deliberate difference.
fn is_deliberate_error(line: &[String], python: &Outcome, error: &str) -> bool {
    let has_word = |matches: fn(&str) -> bool| line.iter().any(|word| matches(word));
    let is_help = python.exit == 0 && python.calls.is_empty();
    match error {
        "" => false,
        _ if error.contains(" would pause ") || error.contains(" would resume ") => true,
        _ if error.ends_with("lacks a dash") => true,
        "ambiguous option: -pi could match -p, -pid" => true,
        _ if error.starts_with("unrecognized") && is_help => true,
        _ if error.starts_with("unknown command") && is_help => true,
        _ if has_word(|word| word.starts_with('-') && word.contains(' ')) => true,
        _ if error.ends_with("expected one argument") => {
            has_word(|word| word.is_empty() || word.ends_with('='))
        }
        _ => false,
    }
}

/// Returns the outcome of this program and its usage error.
fn outcome(line: &[String]) -> (Outcome, Option<String>) {
    let words = std::iter::once("atlascli").chain(line.iter().map(String::as_str));
    let (exit, calls, error) = match Arguments::parse_line(words.map(OsString::from)) {
        Ok(arguments) => (0, calls(&arguments), None),
        Err(EarlyExit::Text(_)) => (0, Vec::new(), None),
        Err(EarlyExit::Error(error)) => (2, Vec::new(), Some(error.message().to_owned())),
    };
    (Outcome { exit, calls }, error)
}

/// Returns the Python library calls that correspond to the parsed arguments.
fn calls(arguments: &Arguments) -> Vec<Vec<String>> {
    let call = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let access = &arguments.access;
    let key_or = |key: Option<&str>, default| {
        key.filter(|key| !key.is_empty())
            .unwrap_or(default)
            .to_owned()
    };
    let private = access.privatekey.as_ref().map(ExposeSecret::expose_secret);
    let public = key_or(access.publickey.as_deref(), KEYS[0]);
    let mut calls: Vec<Vec<String>> = vec![call(&["key", &public, &key_or(private, KEYS[1])])];
    let ids = &arguments.pausing.project_ids;
    for action in arguments.actions().unwrap() {
        match action {
            Action::List => calls.push(call(&["list"])),
            Action::PrintProjects if ids.is_empty() => calls.push(call(&["projects"])),
            Action::PrintProjects => calls.extend(ids.iter().map(|id| call(&["project", id]))),
            Action::PrintClusters if ids.is_empty() => {
                calls.extend([call(&["projects"]), call(&["clusters", "EACH"])]);
            }
            Action::PrintClusters => calls.extend(ids.iter().map(|id| call(&["clusters", id]))),
            Action::Change(change, name) => match (ids.first(), change) {
                (Some(id), ClusterChange::Pause) => calls.push(call(&["pause", id, name])),
                (Some(id), ClusterChange::Resume) => calls.push(call(&["resume", id, name])),
                (None, _) => calls.push(call(&["no project"])),
            },
            action => panic!("not an action of the Python program: {action:?}"),
        }
    }
    // The Python program reports a missing project once.
    calls.dedup_by(|a, b| a == b && a[0] == "no project");
    calls
}

fn python_outcomes(python: &std::path::Path, lines: &[Vec<String>]) -> Vec<Outcome> {
    let mut input = String::new();
    for line in lines {
        writeln!(input, "{}", serde_json::to_string(line).unwrap()).unwrap();
    }
    let mut python = Command::new(python)
        .args(["-c", PYTHON_PARSER])
        .envs([
            ("ATLAS_PUBLIC_KEY", KEYS[0]),
            ("ATLAS_PRIVATE_KEY", KEYS[1]),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = python.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = python.wait_with_output().unwrap();
    let outcomes: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    outcomes
        .into_iter()
        .map(|outcome| Outcome {
            exit: outcome["exit"].as_u64().unwrap(),
            calls: serde_json::from_value(outcome["calls"].clone()).unwrap(),
        })
        .collect()
}

/// Returns the same command lines in every run.
fn random_lines() -> Vec<Vec<String>> {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let strategy = proptest::collection::vec(words(), 0..5);
    let line = |_| strategy.new_tree(&mut runner).unwrap().current().concat();
    (0..LINES).map(line).collect()
}

/// Generates a flag and a value, a flag or a value alone, or an unusual word.
fn words() -> impl Strategy<Value = Vec<String>> {
    let select = |words: &'static [&'static str]| proptest::sample::select(words);
    let without_value = select(&[
        "-l",
        "--list",
        "-lp",
        "--listproj",
        "--listp",
        "-lc",
        "--listcluster",
        "--listc",
        "-d",
        "--debug",
        "--de",
        "--d",
        "-ld",
        "-dl",
    ]);
    let with_value = select(&[
        "-p",
        "--pause",
        "--pa",
        "-r",
        "--resume",
        "--r",
        "-pid",
        "--project_id",
        "--proj",
        "--publickey",
        "--pu",
        "--privatekey",
        "--priv",
        "-dp",
        "-lr",
    ]);
    let value = select(&[
        "Cluster0", "a b", "5a0a", "id5", "x=y", "-", "é", "-5", "-1.5",
    ]);
    let unusual = select(&[
        "--l",
        "--li",
        "--p",
        "--pr",
        "-pi",
        "--nope",
        "-x",
        "-lx",
        "foo",
        "",
        "--",
        "--list=yes",
        "-l=yes",
        "-lp=",
        "--pause=",
        "-p=",
        "-pid=",
        "-h",
        "--help",
        "--he",
        "-hl",
        "-lpd",
        "-pid5a0a",
        "-pause",
        "-lcd",
        "-x y",
        "--pause --list",
        "--project-",
        "--=x",
        "-l-",
    ]);
    let glued = (with_value.clone(), select(&["=", ""]), value.clone());
    prop_oneof![
        6 => without_value.prop_map(|flag| vec![flag.to_owned()]),
        6 => (with_value.clone(), value.clone())
            .prop_map(|(flag, value)| vec![flag.to_owned(), value.to_owned()]),
        3 => glued.prop_map(|(flag, sign, value)| vec![format!("{flag}{sign}{value}")]),
        1 => with_value.prop_map(|flag| vec![flag.to_owned()]),
        1 => value.prop_map(|value| vec![value.to_owned()]),
        1 => unusual.prop_map(|word| vec![word.to_owned()]),
    ]
}
