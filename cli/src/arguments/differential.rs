//! Random command lines through the old program's parser and through ours: what each would do.

#[path = "../../tests/it/old_python.rs"]
mod old_python;

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

use super::{Action, Arguments, Refusal, Switch};

const LINES: usize = 5000;
const OLD_PARSER: &str = include_str!("differential/old_parser.py");
/// The keys of the environment.
const KEYS: [&str; 2] = ["PUBLIC", "PRIVATE"];

/// What a program would do.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    exit: u64,
    calls: Vec<Vec<String>>,
}

#[test]
fn random_command_lines_mean_what_they_meant() {
    let Some(python) = old_python::find() else {
        return;
    };
    let lines = lines();
    let old = outcomes_of_old(&python, &lines);
    assert_eq!(old.len(), LINES);

    let mut same = 0;
    let mut acted = 0;
    for (line, old) in lines.iter().zip(&old) {
        let (new, complaint) = outcome(line);
        if new == *old {
            same += 1;
            acted += usize::from(new.calls.len() > 1);
        } else {
            let complaint = complaint.unwrap_or_default();
            assert!(
                is_deliberate(line, old, &complaint),
                "{line:?}\nold: {old:?}\nnew: {new:?} {complaint}"
            );
        }
    }
    // Most lines are compared, and many of them do something.
    assert!(same > LINES * 3 / 4 && acted > LINES / 4, "{same} {acted}");
}

/// Whether we stop where the old program did not, for a reason that docs/compatibility.md gives.
fn is_deliberate(line: &[String], old: &Outcome, complaint: &str) -> bool {
    let has = |is: fn(&str) -> bool| line.iter().any(|word| is(word));
    let is_help = old.exit == 0 && old.calls.is_empty();
    match complaint {
        "" => false,
        _ if complaint.contains(" would pause ") || complaint.contains(" would resume ") => true,
        _ if complaint.ends_with("has one dash too few") => true,
        "ambiguous option: -pi could match -p, -pid" => true,
        _ if complaint.starts_with("unrecognized") && is_help => true,
        _ if complaint.starts_with("there is no command") && is_help => true,
        _ if has(|word| word.starts_with('-') && word.contains(' ')) => true,
        _ if complaint.ends_with("expected one argument") => {
            has(|word| word.is_empty() || word.ends_with('='))
        }
        _ => false,
    }
}

/// What our program would do, and what it complains about.
fn outcome(line: &[String]) -> (Outcome, Option<String>) {
    let words = std::iter::once("atlascli").chain(line.iter().map(String::as_str));
    let (exit, calls, complaint) = match Arguments::parse_line(words.map(OsString::from)) {
        Ok(arguments) => (0, calls(&arguments), None),
        Err(Refusal::Text(_)) => (0, Vec::new(), None),
        Err(Refusal::Error(error)) => (2, Vec::new(), Some(error.message().to_owned())),
    };
    (Outcome { exit, calls }, complaint)
}

/// What the old program would have called for this.
fn calls(arguments: &Arguments) -> Vec<Vec<String>> {
    let call = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let access = &arguments.access;
    let or = |key: Option<&str>, other| {
        key.filter(|key| !key.is_empty())
            .unwrap_or(other)
            .to_owned()
    };
    let private = access.privatekey.as_ref().map(ExposeSecret::expose_secret);
    let public = or(access.publickey.as_deref(), KEYS[0]);
    let mut calls: Vec<Vec<String>> = vec![call(&["key", &public, &or(private, KEYS[1])])];
    let ids = &arguments.act.project_ids;
    for action in arguments.actions().unwrap() {
        match action {
            Action::List => calls.push(call(&["list"])),
            Action::Projects if ids.is_empty() => calls.push(call(&["projects"])),
            Action::Projects => calls.extend(ids.iter().map(|id| call(&["project", id]))),
            Action::Clusters if ids.is_empty() => {
                calls.extend([call(&["projects"]), call(&["clusters", "EACH"])]);
            }
            Action::Clusters => calls.extend(ids.iter().map(|id| call(&["clusters", id]))),
            Action::Switch(switch, name) => match (ids.first(), switch) {
                (Some(id), Switch::Pause) => calls.push(call(&["pause", id, name])),
                (Some(id), Switch::Resume) => calls.push(call(&["resume", id, name])),
                (None, _) => calls.push(call(&["no project"])),
            },
            action => panic!("the old program had no {action:?}"),
        }
    }
    // The old program said once that there is no project.
    calls.dedup_by(|a, b| a == b && a[0] == "no project");
    calls
}

fn outcomes_of_old(python: &std::path::Path, lines: &[Vec<String>]) -> Vec<Outcome> {
    let mut input = String::new();
    for line in lines {
        writeln!(input, "{}", serde_json::to_string(line).unwrap()).unwrap();
    }
    let mut python = Command::new(python)
        .args(["-c", OLD_PARSER])
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

/// The command lines, which are the same each time.
fn lines() -> Vec<Vec<String>> {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let strategy = proptest::collection::vec(words(), 0..5);
    let line = |_| strategy.new_tree(&mut runner).unwrap().current().concat();
    (0..LINES).map(line).collect()
}

/// A flag, with its value if it takes one; sometimes one of them is missing, or something else.
fn words() -> impl Strategy<Value = Vec<String>> {
    let of = |words: &'static [&'static str]| proptest::sample::select(words);
    let takes_none = of(&[
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
    let takes_value = of(&[
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
    let value = of(&[
        "Cluster0", "a b", "5a0a", "id5", "x=y", "-", "é", "-5", "-1.5",
    ]);
    let odd = of(&[
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
    let glued = (takes_value.clone(), of(&["=", ""]), value.clone());
    prop_oneof![
        6 => takes_none.prop_map(|flag| vec![flag.to_owned()]),
        6 => (takes_value.clone(), value.clone())
            .prop_map(|(flag, value)| vec![flag.to_owned(), value.to_owned()]),
        3 => glued.prop_map(|(flag, sign, value)| vec![format!("{flag}{sign}{value}")]),
        1 => takes_value.prop_map(|flag| vec![flag.to_owned()]),
        1 => value.prop_map(|value| vec![value.to_owned()]),
        1 => odd.prop_map(|word| vec![word.to_owned()]),
    ]
}
