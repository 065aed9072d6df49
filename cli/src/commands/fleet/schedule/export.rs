//! `schedule export`: jobs that run a pass every five minutes.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{FILE, file};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, argument, flag},
        steps::print::to_document,
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

/// The kinds of jobs.
const KINDS: &[&str] = &["cron", "systemd", "kubernetes", "github-actions"];

/// The command that installs the program on a runner.
const INSTALL: &str = concat!(
    "cargo install --locked atlascli@",
    env!("CARGO_PKG_VERSION")
);
/// The image of the program.
const IMAGE: &str = concat!("ghcr.io/jdrumgoole/atlascli:", env!("CARGO_PKG_VERSION"));

/// The line that ends the copy of the schedule file in a shell script.
const END_OF_FILE: &str = "END_OF_ATLAS_SCHEDULE";

/// The command `schedule export`.
pub(super) static EXPORT: Command = Command::local(
    "export",
    "Write files that run a pass every five minutes",
    export,
)
.details(
    "The files carry a copy of the schedule file, forbid overlapping passes and need no persistent state. They read \
     credentials from the environment, never from this machine.",
)
.arguments(&[argument("kind", Target::None, "Kind: cron, systemd, kubernetes or github-actions")
    .choices(KINDS)])
.flags(&[
    FILE,
    flag("dir", Target::None, "Directory for the files. Default: print them").value_name("DIRECTORY"),
    flag("image", Target::None, "Container image for kubernetes").value_name("IMAGE").default(IMAGE),
    flag("install", Target::None, "Command that installs the program, for github-actions")
        .value_name("COMMAND")
        .default(INSTALL),
    flag("force", Target::None, "Overwrite files").switch(),
])
.examples(&[Example {
    line: "schedule export kubernetes",
    task: "Print a CronJob with its schedule",
}]);

/// A file of a job.
struct ExportedFile {
    name: String,
    content: String,
}

fn export<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        // Do not export a file with errors.
        file::read(invocation)?;
        let (path, schedule) = file::read_text(invocation)?;
        let kind = invocation.choice("kind")?.unwrap_or_default();
        let ending = Path::new(&path)
            .extension()
            .and_then(|ending| ending.to_str());
        let name = format!("atlas-schedule.{}", ending.unwrap_or("toml"));
        let text = |flag: &str| invocation.text(flag).unwrap_or_default();
        let files = match kind.as_str() {
            "cron" => cron(&name, &schedule),
            "systemd" => systemd(&name, &schedule),
            "kubernetes" => kubernetes(&name, &schedule, text("image")),
            _ => github_actions(&name, &schedule, text("install")),
        };
        match invocation.text("dir").map(str::to_owned) {
            Some(directory) => write(invocation, &directory, &files),
            None => print(invocation, &files),
        }
    })
}

/// Prints the files one after the other.
fn print(invocation: &mut Invocation<'_>, files: &[ExportedFile]) -> Result<Exit, CliError> {
    if !invocation.session.format.is_human_readable() {
        let fields = files.iter();
        let fields = fields.map(|file| (file.name.clone(), file.content.clone().into()));
        let document = Value::Object(fields.collect());
        invocation.print(&Data::Document(to_document(&document)?))?;
        return Ok(Exit::Success);
    }
    for (number, file) in files.iter().enumerate() {
        if files.len() > 1 {
            let separator = if number == 0 { "" } else { "\n" };
            invocation
                .ui
                .print(&format!("{separator}# ----- {}\n", file.name))?;
        }
        invocation.ui.print(&file.content)?;
    }
    Ok(Exit::Success)
}

/// Writes the files into a directory, and replaces files only with `--force`.
fn write(
    invocation: &mut Invocation<'_>,
    directory: &str,
    files: &[ExportedFile],
) -> Result<Exit, CliError> {
    let directory = Path::new(directory);
    let failed = |path: &Path, error: &std::io::Error| {
        CliError::failure(format!("cannot write `{}`: {error}", path.display()))
    };
    fs::create_dir_all(directory).map_err(|error| failed(directory, &error))?;
    for file in files {
        let path = directory.join(&file.name);
        if path.exists() && !invocation.is_on("force") {
            return Err(CliError::usage(format!("`{}` exists", path.display()))
                .with_hint("choose another directory, or overwrite it with `--force`"));
        }
    }
    for file in files {
        let path = directory.join(&file.name);
        fs::write(&path, &file.content).map_err(|error| failed(&path, &error))?;
        #[cfg(unix)]
        if path.extension().is_some_and(|ending| ending == "sh") {
            use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
            let permissions = Permissions::from_mode(0o755);
            fs::set_permissions(&path, permissions).map_err(|error| failed(&path, &error))?;
        }
        invocation.ui.print(&format!("{}\n", path.display()))?;
    }
    Ok(Exit::Success)
}

/// Returns a shell script for crontab. A lock forbids overlapping passes.
fn cron(name: &str, schedule: &str) -> Vec<ExportedFile> {
    let content = format!(
        r#"#!/bin/sh
# Runs a pass of the schedule. Install it with `crontab -e`:
#   */5 * * * * /usr/local/bin/atlas-schedule.sh
# The file of credentials has lines such as `export MONGODB_ATLAS_CLIENT_ID=...` and `export MONGODB_ATLAS_CLIENT_SECRET=...`
# (or the two variables of an API key), and only its owner may read it (mode 0600).
set -eu
PATH=$HOME/.cargo/bin:/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin
. "${{ATLASCLI_CREDENTIALS:-$HOME/.config/atlascli/credentials.env}}"
command -v flock > /dev/null || {{ echo 'atlas-schedule: flock is not installed' >&2; exit 1; }}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cat > "$directory/{name}" <<'{END_OF_FILE}'
{}
{END_OF_FILE}
mkdir -p "$HOME/.local/state/atlascli"
exec 9> "$HOME/.local/state/atlascli/schedule.lock"
flock -n 9 || exit 0
atlascli schedule apply --file "$directory/{name}"
"#,
        schedule.trim_end(),
    );
    vec![ExportedFile {
        name: "atlas-schedule.sh".to_owned(),
        content,
    }]
}

/// Returns a service, a timer and the schedule. Systemd never runs a oneshot service twice at the same time.
fn systemd(name: &str, schedule: &str) -> Vec<ExportedFile> {
    let service = format!(
        "[Unit]
Description=Pass of the Atlas schedule
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
TimeoutStartSec=15min
# MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET; mode 0600
EnvironmentFile=/etc/atlascli/credentials.env
ExecStart=/usr/local/bin/atlascli schedule apply --file /etc/atlascli/{name}
DynamicUser=yes
StateDirectory=atlascli
Environment=XDG_STATE_HOME=/var/lib/atlascli
ProtectSystem=strict
ProtectHome=yes
# Some changes failed: the next pass tries again.
SuccessExitStatus=7
"
    );
    let timer = "[Unit]
Description=Runs the Atlas schedule every five minutes

[Timer]
OnCalendar=*:0/5
AccuracySec=15s

[Install]
WantedBy=timers.target
";
    vec![
        ExportedFile {
            name: "atlas-schedule.service".to_owned(),
            content: service,
        },
        ExportedFile {
            name: "atlas-schedule.timer".to_owned(),
            content: timer.to_owned(),
        },
        ExportedFile {
            name: name.to_owned(),
            content: schedule.to_owned(),
        },
    ]
}

/// Returns a `ConfigMap` and a `CronJob` as one YAML file.
fn kubernetes(name: &str, schedule: &str, image: &str) -> Vec<ExportedFile> {
    let map = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": { "name": "atlas-schedule" },
        "data": { name: schedule },
    });
    let container = json!({
        "name": "atlascli",
        "image": image,
        "command": ["atlascli"],
        "args": ["schedule", "apply", "--file", format!("/etc/atlascli/{name}")],
        // The secret has MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET.
        "envFrom": [{ "secretRef": { "name": "atlas-credentials" } }],
        "env": [{ "name": "XDG_STATE_HOME", "value": "/tmp" }],
        "securityContext": { "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "runAsNonRoot": true, "runAsUser": 65534 },
        "volumeMounts": [
            { "name": "schedule", "mountPath": "/etc/atlascli", "readOnly": true },
            { "name": "tmp", "mountPath": "/tmp" }
        ],
    });
    let job = json!({
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": { "name": "atlas-schedule" },
        "spec": {
            "schedule": "*/5 * * * *",
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 240,
            "jobTemplate": { "spec": {
                "backoffLimit": 0,
                "activeDeadlineSeconds": 280,
                "template": { "spec": {
                    "restartPolicy": "Never",
                    "containers": [container],
                    "volumes": [
                        { "name": "schedule", "configMap": { "name": "atlas-schedule" } },
                        { "name": "tmp", "emptyDir": {} }
                    ],
                } },
            } },
        },
    });
    let content = format!(
        "# Create the secret first: kubectl create secret generic atlas-credentials \\\n\
         #   --from-literal=MONGODB_ATLAS_CLIENT_ID=... --from-literal=MONGODB_ATLAS_CLIENT_SECRET=...\n\
         {}---\n{}",
        yaml(&map),
        yaml(&job)
    );
    vec![ExportedFile {
        name: "atlas-schedule.k8s.yaml".to_owned(),
        content,
    }]
}

/// Returns a workflow. A concurrency group forbids overlapping passes.
fn github_actions(name: &str, schedule: &str, install: &str) -> Vec<ExportedFile> {
    let pass = format!(
        "cat > {name} <<'{END_OF_FILE}'\n{}\n{END_OF_FILE}\natlascli schedule apply --file {name}\n",
        schedule.trim_end()
    );
    let workflow = json!({
        "name": "Atlas schedule",
        "on": { "schedule": [{ "cron": "*/5 * * * *" }], "workflow_dispatch": {} },
        "permissions": {},
        "concurrency": { "group": "atlas-schedule", "cancel-in-progress": false },
        "jobs": { "pass": {
            "runs-on": "ubuntu-latest",
            "timeout-minutes": 15,
            "steps": [
                { "name": "Install atlascli", "run": install },
                {
                    "name": "Run a pass",
                    "run": pass,
                    "env": {
                        "MONGODB_ATLAS_CLIENT_ID": "${{ secrets.MONGODB_ATLAS_CLIENT_ID }}",
                        "MONGODB_ATLAS_CLIENT_SECRET": "${{ secrets.MONGODB_ATLAS_CLIENT_SECRET }}",
                    },
                },
            ],
        } },
    });
    vec![ExportedFile {
        name: "atlas-schedule.yml".to_owned(),
        content: format!(
            "# .github/workflows/atlas-schedule.yml\n\
             # GitHub starts scheduled jobs late: set `catch-up = \"1h\"` for schedules in the mode `edges`.\n{}",
            yaml(&workflow)
        ),
    }]
}

/// Returns a document as YAML.
fn yaml(document: &Value) -> String {
    // Serializing a `Value` cannot fail.
    serde_saphyr::to_string(document).unwrap_or_default()
}
