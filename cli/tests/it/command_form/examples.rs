//! Runs every example of the reference against the demo organization, and compares stdout, stderr and exit code with
//! `examples/<noun>.txt`. `UPDATE_EXAMPLES=1 cargo test -p atlascli --test it examples` writes these files.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf, time::Duration};

use atlas_simulator::{Clock, Options, Seed, Simulator};
use regex::Regex;

use crate::support::{Atlas, Run, atlascli, run};

/// The virtual time that passes with each request, so that waits end after a few polls.
const STEP: Duration = Duration::from_mins(4);

/// The number of lines that are compared.
const LINES: usize = 24;

/// Files that examples name.
const FILES: [(&str, &str); 4] = [
    ("key.txt", "0b6d1e1c-made-up\n"),
    (
        "atlascli/config.toml",
        "[default]\ntelemetry_enabled = false\n",
    ),
    ("project.json", r#"{"name": "Shop front"}"#),
    (
        "cluster.json",
        r#"{"clusterType": "REPLICASET", "replicationSpecs": [{"numShards": 1, "regionConfigs": [{"priority": 7,
            "providerName": "AWS", "regionName": "US_EAST_1", "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}]}"#,
    ),
];

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
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("atlascli")).unwrap();
    for (name, text) in FILES {
        let path = directory.path().join(name);
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }
    let words = words(line);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let mut command = atlas.command(&words);
    command.current_dir(directory.path());
    command.env("XDG_STATE_HOME", directory.path());
    command.env("XDG_CONFIG_HOME", directory.path());
    let mut run = atlas.run_command(command);
    let path = directory.path().to_str().unwrap();
    for text in [&mut run.stdout, &mut run.stderr] {
        *text = text.replace(path, "<directory>");
    }
    run
}

/// Replaces what differs from run to run.
pub(crate) fn stable(text: &str) -> String {
    let ids = Regex::new(r"\b[0-9a-f]{24}\b").unwrap();
    let times = Regex::new(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?").unwrap();
    let text = ids.replace_all(text, "<id>");
    let text = times.replace_all(&text, "<time>");
    let runs = Regex::new(r"\b\d{8}-\d{6}-[0-9a-f]{4}\b").unwrap();
    let text = runs.replace_all(&text, "<run>");
    let ports = Regex::new(r"127\.0\.0\.1:\d+").unwrap();
    ports.replace_all(&text, "127.0.0.1:<port>").into_owned()
}

/// Keeps the beginning of a long output.
fn shorten(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    if lines.len() <= LINES {
        return text.to_owned();
    }
    format!(
        "{}\n… {} lines\n",
        lines[..LINES].join("\n"),
        lines.len() - LINES
    )
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
            let run = run_example(&line);
            if run.exit != Some(0) {
                wrong.push(format!("{line}: {run}"));
            }
            writeln!(
                text,
                "$ atlascli {line}\n{}",
                shorten(&stable(&run.to_string()))
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
