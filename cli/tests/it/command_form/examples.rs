//! Runs every example of the reference against the demo organization, and compares stdout, stderr and exit code with
//! `examples/<noun>.txt`. `UPDATE_EXAMPLES=1 cargo test -p atlascli --test it examples` writes these files.

mod fixtures;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use atlas_simulator::{Clock, Options, Seed, Simulator};
use regex::Regex;

use self::fixtures::{FILES, PREPARATIONS};
use super::{networking, streams};
use crate::support::{Atlas, Run, atlascli, run};

/// The virtual time that passes with each request, so that waits end after a few polls.
const STEP: Duration = Duration::from_mins(4);

/// Start of the simulator's clock: 2026-09-01T08:00:00Z.
const FROZEN_AT: u64 = 1_788_249_600;

/// The number of lines that are compared.
const LINES: usize = 24;

/// The id of the alert in examples.
const ALERT: &str = "5f0c2a9e1b3d4e0001a2b401";

/// The beginnings of examples that do not run: they need an authorized role in a cloud account, or an organization of
/// another key.
const NOT_RUN: [&str; 2] = ["backups exports", "organizations delete"];

/// Returns the examples of the reference by the first word of their section.
pub(crate) fn examples() -> BTreeMap<String, Vec<String>> {
    let reference = run(atlascli(&["help", "reference"])).data();
    let mut examples: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut noun = String::new();
    for line in reference.lines() {
        if let Some(example) = line.strip_prefix("$ atlascli ") {
            examples
                .entry(noun.clone())
                .or_default()
                .push(example.to_owned());
        } else if let Some(name) = line.strip_prefix("# ")
            && !name.contains(' ')
        {
            name.clone_into(&mut noun);
        }
    }
    examples
}

/// Splits a line into words; quotes protect spaces.
pub(crate) fn words(line: &str) -> Vec<String> {
    let pattern = Regex::new(r#"(?:[^\s"']|"[^"]*"|'[^']*')+"#).unwrap();
    let words = pattern.find_iter(line);
    words
        .map(|word| word.as_str().replace(['"', '\''], ""))
        .collect()
}

fn run_example(line: &str) -> Run {
    let options = Options::new()
        .with_seed(Seed::demo())
        .with_clock(Clock::per_request(STEP));
    let atlas = Atlas {
        simulator: Simulator::start_blocking(options).unwrap(),
    };
    if line.contains("--delete-after") {
        // the program computes the time from its own clock
        let start = UNIX_EPOCH + Duration::from_secs(FROZEN_AT);
        atlas.simulator.advance(start.elapsed().unwrap_or_default());
    }
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("atlascli")).unwrap();
    for (name, text) in FILES.iter().chain(streams::FILES) {
        let path = directory.path().join(name);
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }
    let mut ids = Vec::new();
    if line.contains(ALERT) {
        ids.push((ALERT, open_alert(&atlas)));
    }
    let preparations = PREPARATIONS.iter().chain(networking::PREPARATIONS);
    for (text, command) in preparations.chain(streams::PREPARATIONS) {
        if !line.contains(text) {
            continue;
        }
        let command = format!("{command} -o json");
        let created = run_line(&atlas, directory.path(), &with_ids(&command, &ids)).data();
        if (text.starts_with("5f0c2a9e") || text.starts_with("mdb_sa_id_"))
            && let Ok(document) = serde_json::from_str::<serde_json::Value>(&created)
        {
            let first = &document["results"][0];
            let mut names = ["id", "_id", "clientId", "requestId", "roleId", "indexID"].iter();
            let id = names.find_map(|name| document[name].as_str().or(first[name].as_str()));
            ids.push((text, id.unwrap().to_owned()));
        }
    }
    if line.starts_with("access-logs") {
        // the logins of the user that was created
        atlas.simulator.advance(Duration::from_hours(12));
    }
    run_line(&atlas, directory.path(), &with_ids(line, &ids))
}

/// Opens an alert in a project of the demo organization, and returns its id.
fn open_alert(atlas: &Atlas) -> String {
    let project = atlas.project("Storefront");
    let alert = atlas.simulator.open_alert(&project, "NO_PRIMARY");
    alert.unwrap()
}

/// Replaces the ids of examples by those of created resources.
fn with_ids(line: &str, ids: &[(&str, String)]) -> String {
    ids.iter()
        .rev()
        .fold(line.to_owned(), |line, (text, id)| line.replace(text, id))
}

fn run_line(atlas: &Atlas, directory: &Path, line: &str) -> Run {
    let words = words(line);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let mut command = atlas.command(&words);
    command.current_dir(directory);
    command.env("XDG_STATE_HOME", directory);
    command.env("XDG_CONFIG_HOME", directory);
    command.env("APP_PASSWORD", "correct-horse-9");
    command.env("VISUAL", if cfg!(windows) { "cmd /c rem" } else { "true" });
    let mut run = atlas.run_command(command);
    let path = directory.to_str().unwrap();
    for text in [&mut run.stdout, &mut run.stderr] {
        *text = text.replace(path, "<directory>");
    }
    run
}

/// Replaces the parts that differ from run to run.
pub(crate) fn stable(text: &str) -> String {
    let ids = Regex::new(r"(\b|_)[0-9a-f]{24}\b").unwrap();
    let times = Regex::new(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?").unwrap();
    let text = ids.replace_all(text, "$1<id>");
    let text = times.replace_all(&text, "<time>");
    let runs = Regex::new(r"\b\d{8}-\d{6}-[0-9a-f]{4}\b").unwrap();
    let text = runs.replace_all(&text, "<run>");
    let keys = Regex::new(r"(-----BEGIN [A-Z ]+-----\n)[^-]+").unwrap();
    let text = keys.replace_all(&text, "$1<pem>\n");
    let ports = Regex::new(r"127\.0\.0\.1:\d+").unwrap();
    ports.replace_all(&text, "127.0.0.1:<port>").into_owned()
}

/// Keeps the beginning of a long output, with the number of the other lines. The scripts of `completion` and the manual
/// pages grow with every command, so that their number is left out.
fn shorten(text: &str, has_count: bool) -> String {
    let lines: Vec<_> = text.lines().collect();
    if lines.len() <= LINES {
        return text.to_owned();
    }
    let shown = lines[..LINES].join("\n");
    if has_count {
        format!("{shown}\n… {} lines\n", lines.len() - LINES)
    } else {
        format!("{shown}\n…\n")
    }
}

#[test]
fn examples_succeed_with_the_recorded_output() {
    let directory = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/command_form/examples"
    ));
    let mut wrong = Vec::new();
    for (noun, lines) in examples() {
        let mut text = String::new();
        for line in lines {
            if NOT_RUN.iter().any(|beginning| line.starts_with(beginning)) {
                continue;
            }
            let run = run_example(&line);
            if run.exit != Some(0) {
                wrong.push(format!("{line}: {run}"));
            }
            writeln!(
                text,
                "$ atlascli {line}\n{}",
                shorten(&stable(&run.to_string()), noun != "completion")
            )
            .unwrap();
        }
        let file = directory.join(format!("{noun}.txt"));
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            fs::write(&file, &text).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            wrong.push(format!("{noun}.txt differs; now:\n{text}"));
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
