//! Tests the commands of `schedule`.

use std::{fs, path::Path, time::Duration};

use atlas_simulator::{Clock, Options, Seed, Simulator};
use serde_json::Value;

use crate::support::{Atlas, Run};

/// A schedule that pauses the clusters of `Storefront` outside of office hours in UTC.
const OFFICE: &str = r#"# Office hours
timezone = "UTC"
[schedules.office]
select = ["Storefront:*"]
exclude = ["Storefront:shop-production"]
running = ["mon-fri 09:00-18:00"]
mode = "enforce"
"#;

/// A simulator whose clock stands at Tuesday, 2026-09-01, 08:00 UTC, and a directory with a schedule file.
struct Fixture {
    atlas: Atlas,
    directory: tempfile::TempDir,
}

impl Fixture {
    fn new(file: &str) -> Self {
        let options = Options::new()
            .with_seed(Seed::demo())
            .with_clock(Clock::frozen());
        let atlas = Atlas {
            simulator: Simulator::start_blocking(options).unwrap(),
        };
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("atlas-schedule.toml"), file).unwrap();
        Self { atlas, directory }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut words = vec!["schedule"];
        words.extend(arguments);
        let mut command = self.atlas.command(&words);
        command.current_dir(self.directory.path());
        command.env("XDG_STATE_HOME", self.directory.path());
        self.atlas.run_command(command)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let data = self.run(&[arguments, &["-o", "json"]].concat()).data();
        serde_json::from_str(&data).unwrap()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.directory.path().join(name)
    }
}

#[test]
fn invalid_file_is_exit_2_with_every_fault() {
    let fixture = Fixture::new(
        "timezone = \"Mars/Base\"\n[schedules.s]\nselect = [\"*\"]\nrunning = [\"mo 1-2\"]\nmodus = \"edges\"\n",
    );

    let run = fixture.run(&["check"]);

    assert_eq!(run.exit, Some(2));
    let (error, hint) = run.error_and_hint();
    for part in [
        "3 faults in `./atlas-schedule.toml`",
        "`timezone`: unknown time zone `Mars/Base`",
        "`schedules.s.modus`: unknown key; did you mean `mode`?",
        "`schedules.s.running[0]`: `mo` is not a day",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(hint.contains("help schedule-file"), "{hint}");
    assert_eq!(fixture.atlas.requests(), [""; 0]);
}

#[test]
fn apply_pauses_what_is_outside_of_its_windows() {
    let fixture = Fixture::new(OFFICE);

    let applied = fixture.json(&["apply"]);

    let changes = applied["results"].as_array().unwrap();
    let names: Vec<_> = changes
        .iter()
        .map(|change| change["cluster"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["shop-staging"]);
    assert_eq!(changes[0]["outcome"], "done");
    fixture.atlas.simulator.advance(Duration::from_mins(5));
    assert_eq!(
        fixture.json(&["apply"])["results"],
        Value::Array(Vec::new())
    );
}

#[test]
fn dry_run_sends_no_write_request() {
    let fixture = Fixture::new(OFFICE);

    let planned = fixture.json(&["apply", "--dry-run", "--at", "2026-09-01 10:00"]);

    let reports = planned["results"].as_array().unwrap();
    let actions: Vec<_> = reports
        .iter()
        .map(|report| report["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["start"]);
    let requests = fixture.atlas.requests();
    assert!(
        requests.iter().all(|request| request.starts_with("GET ")),
        "{requests:?}"
    );
}

#[test]
fn apply_at_a_time_needs_a_dry_run() {
    let fixture = Fixture::new(OFFICE);

    let run = fixture.run(&["apply", "--at", "2026-09-01 10:00"]);

    assert_eq!(run.exit, Some(2));
    assert_eq!(fixture.atlas.requests(), [""; 0]);
}

#[test]
fn pass_knows_from_the_journal_when_it_started_a_cluster() {
    let fixture = Fixture::new(OFFICE);
    let started = fixture.run(&["apply"]);
    assert_eq!(started.exit, Some(0), "{started}");
    fixture.atlas.simulator.advance(Duration::from_mins(90));
    // 09:30: the cluster starts
    assert_eq!(fixture.json(&["apply"])["results"][0]["action"], "start");
    let runs = fixture.path("atlascli/runs");
    let journals = fs::read_dir(runs).unwrap().count();
    assert_eq!(journals, 2);
}

#[test]
fn plan_has_an_object_for_each_event() {
    let fixture = Fixture::new(OFFICE);

    let plan = fixture.json(&["plan", "--for", "1d"]);

    let events = plan["results"].as_array().unwrap();
    assert_eq!(events.len(), 4, "{plan}");
    let first: Vec<_> = ["time", "action", "project", "cluster", "schedule"]
        .iter()
        .map(|field| events[0][field].as_str().unwrap())
        .collect();
    assert_eq!(
        first,
        [
            "2026-09-01T09:00:00Z",
            "start",
            "Storefront",
            "shop-staging",
            "office"
        ]
    );
}

#[test]
fn timeline_marks_days_on_which_the_clocks_change() {
    let fixture = Fixture::new(
        &OFFICE
            .replace("UTC", "Europe/Berlin")
            .replace("mon-fri", "daily"),
    );

    let plan = fixture
        .run(&["plan", "--at", "2026-10-24 00:00", "--for", "2d"])
        .data();

    let days: Vec<_> = plan
        .lines()
        .filter(|line| line.contains(" 2026-10-2"))
        .collect();
    assert!(days[1].ends_with("clocks -1h"), "{plan}");
    assert!(days[0].contains(&"#".repeat(18)), "{plan}");
}

#[test]
fn explain_names_the_reason() {
    let fixture = Fixture::new(OFFICE);

    for (cluster, reason) in [
        ("shop-staging", "the schedule enforces its state"),
        ("Storefront:shop-reports", "the cluster is as scheduled"),
        ("shop-production", "no schedule applies"),
    ] {
        assert_eq!(
            fixture.json(&["explain", cluster])["reason"],
            reason,
            "{cluster}"
        );
    }
    assert_eq!(fixture.run(&["explain", "nothing"]).exit, Some(4));
}

#[test]
fn override_keeps_comments_and_is_applied() {
    let fixture = Fixture::new(OFFICE);

    let run = fixture.run(&[
        "override",
        "shop-staging",
        "--running-until",
        "2026-09-01 20:00",
    ]);

    assert_eq!(run.exit, Some(0), "{run}");
    assert!(run.stderr.contains("export them again"), "{run}");
    let file = fs::read_to_string(fixture.path("atlas-schedule.toml")).unwrap();
    assert!(file.starts_with(OFFICE), "{file}");
    let plan = fixture.json(&["apply", "--dry-run"]);
    assert_eq!(plan["results"], Value::Array(Vec::new()), "{plan}");
    let invalid = fixture.run(&["override", "shop-staging", "--running-until", "tonight"]);
    assert_eq!(invalid.exit, Some(2));
}

#[test]
fn service_writes_its_status() {
    let fixture = Fixture::new(OFFICE);

    let run = fixture.run(&["run", "--passes", "1", "--status-file", "status.json"]);

    assert_eq!(run.exit, Some(0), "{run}");
    let status = fs::read_to_string(fixture.path("status.json")).unwrap();
    let status: Value = serde_json::from_str(&status).unwrap();
    assert_eq!(
        (&status["passes"], &status["exitCode"], &status["healthy"]),
        (&1.into(), &0.into(), &true.into())
    );
}

/// Exports a job into a directory, and returns the content of a file.
fn exported(fixture: &Fixture, arguments: &[&str], name: &str) -> String {
    let run = fixture.run(&[&["export"], arguments, &["--dir", "jobs"]].concat());
    assert_eq!(run.exit, Some(0), "{run}");
    let path = fixture.path("jobs").join(name);
    fs::read_to_string(Path::new(&path)).unwrap()
}

#[test]
fn exported_jobs_carry_the_schedule_and_forbid_overlaps() {
    let fixture = Fixture::new(OFFICE);

    for (kind, name, parts) in [
        (
            "cron",
            "atlas-schedule.sh",
            &["flock -n 9", "running = [\"mon-fri 09:00-18:00\"]"][..],
        ),
        (
            "systemd",
            "atlas-schedule.service",
            &["Type=oneshot", "EnvironmentFile="],
        ),
        ("systemd", "atlas-schedule.timer", &["OnCalendar=*:0/5"]),
        ("systemd", "atlas-schedule.toml", &[OFFICE]),
        (
            "kubernetes",
            "atlas-schedule.k8s.yaml",
            &[
                "concurrencyPolicy: Forbid",
                "image: registry.example.com/atlascli:1",
                "    [schedules.office]",
            ],
        ),
        (
            "github-actions",
            "atlas-schedule.yml",
            &[
                "cancel-in-progress: false",
                "run: ./install.sh",
                "[schedules.office]",
                "permissions: {}",
            ],
        ),
    ] {
        let options = [
            "--image",
            "registry.example.com/atlascli:1",
            "--install",
            "./install.sh",
            "--force",
        ];
        let content = exported(&fixture, &[&[kind], &options[..]].concat(), name);
        for part in parts {
            assert!(content.contains(part), "{kind}: {part}\n{content}");
        }
    }
    assert_eq!(fixture.atlas.requests(), [""; 0]);
}

#[test]
fn exported_script_is_valid_shell() {
    let fixture = Fixture::new(OFFICE);
    let script = exported(&fixture, &["cron"], "atlas-schedule.sh");
    if !Path::new("/bin/sh").exists() {
        println!("skipped: no /bin/sh");
        return;
    }

    let path = fixture.path("jobs/atlas-schedule.sh");
    let status = std::process::Command::new("/bin/sh")
        .arg("-n")
        .arg(path)
        .status()
        .unwrap();

    assert!(status.success(), "{script}");
}

#[test]
fn export_replaces_files_only_with_force() {
    let fixture = Fixture::new(OFFICE);
    exported(&fixture, &["cron"], "atlas-schedule.sh");

    let run = fixture.run(&["export", "cron", "--dir", "jobs"]);

    assert_eq!(run.exit, Some(2));
    assert!(run.error_and_hint().1.contains("--force"), "{run}");
}
