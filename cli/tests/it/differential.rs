//! The old program itself, run against the same simulator: what both print and how both end.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use atlas_simulator::Fault;

use crate::{
    goldens::with_names,
    old_python,
    support::{Atlas, Run, run},
};

const OLD_TOOL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/it/differential/old_tool.py"
);

/// Both programs, each with an Atlas of its own that is the same.
struct Both {
    python: PathBuf,
    make: fn() -> Atlas,
}

impl Both {
    fn with(make: fn() -> Atlas) -> Option<Self> {
        let python = old_python::find()?;
        Some(Self { python, make })
    }

    /// Runs both and says what they came to, the old program first.
    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> (Run, Run) {
        self.run_after(arguments, variables, |_| {})
    }

    fn run_after(
        &self,
        arguments: &[&str],
        variables: &[(&str, &str)],
        prepare: impl Fn(&Atlas),
    ) -> (Run, Run) {
        let (old, new) = ((self.make)(), (self.make)());
        prepare(&old);
        prepare(&new);
        let mut command = new.command(arguments);
        command.envs(variables.iter().copied());
        let old = run_old(&self.python, &old, arguments, variables);
        (old, new.of(command))
    }

    /// Both end alike and print the same.
    fn agree(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let (old, new) = self.run(arguments, variables);
        assert_alike(&old, &new, arguments);
        new
    }
}

fn run_old(python: &Path, atlas: &Atlas, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(python);
    command
        .arg(OLD_TOOL)
        .args(arguments)
        .env("NO_PROXY", "127.0.0.1")
        .env("TZ", "America/New_York")
        .env("PYTHONIOENCODING", "utf-8")
        .envs(atlas.simulator.environment())
        .envs(variables.iter().copied());
    let mut run = run(command);
    run.stdout = with_names(&run.stdout).replace(&atlas.simulator.base_url(), "http://atlas");
    run
}

fn assert_alike(old: &Run, new: &Run, arguments: &[&str]) {
    let stdout = old.stdout.replace("\r\n", "\n");
    assert_eq!(new.stdout, stdout, "{arguments:?}\n{old}\n{new}");
    assert_eq!(new.exit, old.exit, "{arguments:?}\n{old}\n{new}");
}

#[test]
fn lists_and_documents_are_the_same() {
    let Some(both) = Both::with(Atlas::demo) else {
        return;
    };
    let id = Atlas::demo().project("Älvsjö: sensors, edge");
    let cases: [&[&str]; 3] = [
        &["-l", "-lp", "-lc"],
        &["-lp", "-pid", &id],
        &["--listcluster", "--proj", &id],
    ];

    for arguments in cases {
        for zone in ["America/New_York", "UTC"] {
            let run = both.agree(arguments, &[("TZ", zone)]);
            assert!(run.stdout.lines().count() > 10, "{run}");
        }
    }
    both.agree(&[], &[]);
}

#[test]
fn lists_of_several_pages_are_the_same() {
    let Some(both) = Both::with(|| Atlas::sized(205, 1)) else {
        return;
    };

    let run = both.agree(&["--list"], &[]);

    assert_eq!(run.stdout.matches("project ID:").count(), 205);
}

#[test]
fn clusters_are_paused_and_resumed_alike() {
    let Some(both) = Both::with(|| Atlas::sized(2, 3)) else {
        return;
    };
    let id = Atlas::sized(2, 3).project("Project 0001");
    let cases: [&[&str]; 4] = [
        &["-r", "Cluster2", "-p", "Cluster0", "-pid", &id],
        &["-pCluster0", "-r=Cluster0", "-l", "-pid", &id],
        &["-p", "Cluster2", "-r", "Cluster1", "--project_id", &id],
        &["-p", "Cluster0", "-r", "Cluster2"],
    ];

    for arguments in cases {
        both.agree(arguments, &[]);
    }
}

#[test]
fn what_fails_fails_alike() {
    let Some(both) = Both::with(|| Atlas::sized(2, 1)) else {
        return;
    };
    let id = Atlas::sized(2, 1).project("Project 0001");
    let unknown = "5a0a1e7e0f2912c554080adc";
    let cases: [&[&str]; 9] = [
        &["-lp", "-pid", unknown],
        &["-lc", "-pid", unknown],
        &["-lp", "-pid", "nope"],
        &["-p", "nope", "-pid", &id],
        &["-l", "--publickey", "nobody"],
        &["-l", "--privatekey", "wrong"],
        &["--li"],
        &["--pause"],
        &["foo"],
    ];

    for arguments in cases {
        let new = both.agree(arguments, &[]);
        assert_ne!(new.exit, Some(0), "{new}");
    }
}

#[test]
fn a_server_that_fails_is_met_alike() {
    let Some(both) = Both::with(|| Atlas::sized(2, 1)) else {
        return;
    };
    let second = Atlas::sized(2, 1).project("Project 0002");
    let refusal = r#"{"error": 403, "errorCode": "ACCESS_FORBIDDEN", "detail": "no"}"#;
    let faults = [
        Fault::answer(403, "application/json", refusal),
        Fault::html(404),
        Fault::answer(200, "application/json", r#"{"links": []}"#),
    ];

    for fault in faults {
        let (old, new) = both.run_after(&["-l"], &[], |atlas| {
            let fault = fault.clone().for_path("/api/atlas/v2/orgs");
            atlas.simulator.inject(fault.always());
        });
        assert_alike(&old, &new, &["-l"]);
        assert_eq!(new.exit, Some(1), "{new}");
    }
    let path = format!("/api/atlas/v2/groups/{second}/clusters");
    let (old, new) = both.run_after(&["-lc"], &[], |atlas| {
        let fault = Fault::answer(403, "application/json", refusal).for_path(&path);
        atlas.simulator.inject(fault.always());
    });
    assert_alike(&old, &new, &["-lc"]);
    assert_eq!(new.exit, Some(1), "{new}");
}
