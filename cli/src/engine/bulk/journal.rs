//! The journal of bulk runs: `$XDG_STATE_HOME/atlascli/runs/ID.jsonl`.
//!
//! The first line describes the run. The intent of each change is synced to disk before the request is
//! sent, the outcome is written after it. A journal contains no secrets.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};

use super::TargetResult;
use crate::{config::state::state_directory, engine::fleet::ClusterTarget, error::CliError};

/// The age at which journals are removed.
const KEPT: Duration = Duration::from_hours(90 * 24);

/// The journal of a run, open for writing and locked.
#[derive(Debug)]
pub(crate) struct Journal {
    id: String,
    file: File,
}

/// A journal that was read.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The id of the run.
    pub(crate) id: String,
    /// The description of the run.
    pub(crate) head: Value,
    /// The targets whose change was sent or about to be sent.
    pub(crate) intents: Vec<(String, String)>,
    /// The targets with an outcome, and its name.
    pub(crate) outcomes: Vec<(String, String, String)>,
}

impl Journal {
    /// Starts the journal of a run, and removes old journals.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn start(
        verb: &str,
        base_url: &str,
        targets: &[ClusterTarget],
    ) -> Result<Self, CliError> {
        let directory = directory()?;
        remove_old(&directory);
        let now = jiff::Timestamp::now();
        let id = format!(
            "{}-{:04x}",
            now.strftime("%Y%m%d-%H%M%S"),
            fastrand::u16(..)
        );
        let path = directory.join(format!("{id}.jsonl"));
        let mut options = OpenOptions::new();
        options.append(true).create_new(true);
        let file = restrict(&mut options)
            .open(&path)
            .map_err(|error| cannot(&path, &error))?;
        lock(&file, &id)?;
        let targets = targets.iter().map(|cluster| {
            json!({
                "organization": cluster.project.organization,
                "project": cluster.project.id,
                "projectName": cluster.project.label(),
                "cluster": cluster.name,
                "kind": cluster.kind.map(super::super::fleet::Kind::name),
            })
        });
        let head = json!({
            "run": id,
            "verb": verb,
            "baseUrl": base_url,
            "started": now.to_string(),
            "targets": targets.collect::<Vec<_>>(),
        });
        let mut journal = Self { id, file };
        journal.write(&head)?;
        Ok(journal)
    }

    /// Opens the journal of an earlier run to continue it.
    ///
    /// # Errors
    ///
    /// A journal that does not exist, or that another process has locked.
    pub(crate) fn open(id: &str) -> Result<Self, CliError> {
        let path = directory()?.join(format!("{id}.jsonl"));
        let file = OpenOptions::new()
            .append(true)
            .open(&path)
            .map_err(|error| cannot(&path, &error))?;
        lock(&file, id)?;
        Ok(Self {
            id: id.to_owned(),
            file,
        })
    }

    /// Returns the id of the run.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Writes the intent to change a cluster, and syncs it to disk.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn intent(&mut self, cluster: &ClusterTarget) -> Result<(), CliError> {
        self.write(&json!({ "intent": { "project": cluster.project.id, "cluster": cluster.name } }))
    }

    /// Writes the outcome of a change.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn outcome(&mut self, result: &TargetResult) -> Result<(), CliError> {
        self.write(&json!({
            "outcome": {
                "project": result.cluster.project.id,
                "cluster": result.cluster.name,
                "outcome": result.outcome.name(),
                "error": result.error.as_ref().map(CliError::message),
            }
        }))
    }

    fn write(&mut self, line: &Value) -> Result<(), CliError> {
        let line = format!("{line}\n");
        let written = self
            .file
            .write_all(line.as_bytes())
            .and_then(|()| self.file.sync_data());
        written.map_err(|error| {
            CliError::failure(format!(
                "cannot write the journal of run `{}`: {error}",
                self.id
            ))
        })
    }
}

impl Record {
    /// Reads the journal of a run.
    ///
    /// # Errors
    ///
    /// A journal that cannot be read.
    pub(crate) fn read(id: &str) -> Result<Self, CliError> {
        let path = directory()?.join(format!("{id}.jsonl"));
        let text = fs::read_to_string(&path).map_err(|_| {
            CliError::failure(format!("run `{id}` not found"))
                .with_exit(crate::exit::Exit::NotFound)
                .with_hint("`atlascli runs list` shows the runs")
        })?;
        let mut record = Self {
            id: id.to_owned(),
            head: Value::Null,
            intents: Vec::new(),
            outcomes: Vec::new(),
        };
        // the last line may be cut off
        for line in text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        {
            let field =
                |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
            if let Some(intent) = line.get("intent") {
                record
                    .intents
                    .push((field(intent, "project"), field(intent, "cluster")));
            } else if let Some(outcome) = line.get("outcome") {
                let entry = (
                    field(outcome, "project"),
                    field(outcome, "cluster"),
                    field(outcome, "outcome"),
                );
                record.outcomes.push(entry);
            } else if line.get("run").is_some() {
                record.head = line;
            }
        }
        Ok(record)
    }

    /// Reads all journals, the newest first.
    ///
    /// # Errors
    ///
    /// A directory that cannot be read.
    pub(crate) fn all() -> Result<Vec<Self>, CliError> {
        let directory = directory()?;
        let entries = fs::read_dir(&directory).map_err(|error| cannot(&directory, &error))?;
        let mut ids: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned))
            .collect();
        ids.sort_by(|a, b| b.cmp(a));
        ids.iter().map(|id| Self::read(id)).collect()
    }

    /// Returns the last outcome of a target.
    pub(crate) fn outcome(&self, project: &str, cluster: &str) -> Option<&str> {
        let mut outcomes = self.outcomes.iter().rev();
        let found = outcomes.find(|(known, name, _)| known == project && name == cluster);
        found.map(|(_, _, outcome)| outcome.as_str())
    }
}

/// Returns the directory of the journals, which is created if necessary.
fn directory() -> Result<PathBuf, CliError> {
    let directory = state_directory()?.join("runs");
    fs::create_dir_all(&directory).map_err(|error| cannot(&directory, &error))?;
    Ok(directory)
}

fn remove_old(directory: &std::path::Path) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified
            .ok()
            .and_then(|time| SystemTime::now().duration_since(time).ok());
        if age.is_some_and(|age| age > KEPT) {
            // a journal that stays does no harm
            drop(fs::remove_file(entry.path()));
        }
    }
}

fn lock(file: &File, id: &str) -> Result<(), CliError> {
    file.try_lock().map_err(|_| {
        CliError::failure(format!("run `{id}` is locked by another process"))
            .with_hint("wait until that process ends")
    })
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    options.mode(0o600)
}

#[cfg(not(unix))]
fn restrict(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn cannot(path: &std::path::Path, error: &std::io::Error) -> CliError {
    CliError::failure(format!("cannot write `{}`: {error}", path.display()))
}
