//! The journal of changes: `$XDG_STATE_HOME/atlascli/runs/ID.jsonl`.
//!
//! The first line describes the run. The intent of each change is synced to disk before the request is
//! sent, the outcome is written after it. A journal contains no secrets. Bulk runs have one journal, and so
//! has every single pause, start and deletion. The journal of a creation is removed when its response
//! arrives, so that those that remain have an unknown outcome.

mod record;

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use serde_json::{Value, json};

use super::TargetResult;
use crate::{
    config::state::state_directory,
    engine::fleet::{ClusterTarget, Kind},
    error::CliError,
};

pub(crate) use record::{Record, allowed_pause, recent_changes};

/// The age at which journals are removed.
const MAX_AGE: Duration = Duration::from_hours(90 * 24);

/// The journal of a run, open for writing and locked.
#[derive(Debug)]
pub(crate) struct Journal {
    id: String,
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Starts the journal of a change of clusters, and removes old journals.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn start(
        verb: &str,
        base_url: &str,
        targets: &[ClusterTarget],
    ) -> Result<Self, CliError> {
        let targets = targets.iter().map(|cluster| {
            json!({
                "organization": cluster.project.organization,
                "project": cluster.project.id,
                "projectName": cluster.project.label(),
                "cluster": cluster.name,
                "kind": cluster.kind.map(Kind::name),
            })
        });
        Self::create(json!({
            "verb": verb,
            "baseUrl": base_url,
            "targets": targets.collect::<Vec<_>>(),
        }))
    }

    /// Starts the journal of a creation. `action` is the action, such as ``create cluster `a` ``; `list`
    /// is the command that shows whether the resource exists.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn start_creation(
        action: &str,
        list: &str,
        base_url: &str,
        project: &str,
        name: &str,
    ) -> Result<Self, CliError> {
        let mut journal = Self::create(json!({
            "verb": "create",
            "creation": action,
            "list": list,
            "baseUrl": base_url,
            "targets": [{ "project": project, "cluster": name }],
        }))?;
        journal.write(&intent_of(project, name))?;
        Ok(journal)
    }

    fn create(mut head: Value) -> Result<Self, CliError> {
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
        let file = crate::config::private::restrict(&mut options)
            .open(&path)
            .map_err(|error| cannot_write(&path, &error))?;
        lock(&file, &id)?;
        head["run"] = id.clone().into();
        head["started"] = now.to_string().into();
        let mut journal = Self { id, path, file };
        journal.write(&head)?;
        Ok(journal)
    }

    /// Opens the journal of an earlier run to continue it.
    ///
    /// # Errors
    ///
    /// Fails if the journal does not exist or another process has locked it.
    pub(crate) fn open(id: &str) -> Result<Self, CliError> {
        let path = path_of(id)?;
        let file = OpenOptions::new()
            .append(true)
            .open(&path)
            .map_err(|_| record::not_found(id))?;
        lock(&file, id)?;
        Ok(Self {
            id: id.to_owned(),
            path,
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
    /// Fails if the file cannot be written.
    pub(crate) fn intent(&mut self, cluster: &ClusterTarget) -> Result<(), CliError> {
        self.write(&intent_of(&cluster.project.id, &cluster.name))
    }

    /// Writes the outcome of a change, unless the outcome is unknown.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn outcome(&mut self, result: &TargetResult) -> Result<(), CliError> {
        if result.is_unknown() {
            return Ok(());
        }
        self.write(&json!({
            "outcome": {
                "project": result.cluster.project.id,
                "cluster": result.cluster.name,
                "outcome": result.outcome.name(),
                "error": result.error.as_ref().map(CliError::message),
                "at": jiff::Timestamp::now().to_string(),
            }
        }))
    }

    /// Removes the journal.
    pub(crate) fn remove(self) {
        drop(self.file);
        // a journal that stays is listed as a creation with an unknown outcome, which `runs list` shows
        drop(fs::remove_file(self.path));
    }

    fn write(&mut self, line: &Value) -> Result<(), CliError> {
        let line = format!("{line}\n");
        let written = self
            .file
            .write_all(line.as_bytes())
            .and_then(|()| self.file.sync_data());
        written.map_err(|error| cannot_write(&self.path, &error))
    }
}

fn intent_of(project: &str, cluster: &str) -> Value {
    json!({ "intent": { "project": project, "cluster": cluster } })
}

/// Returns the directory of the journals, which is created if necessary.
fn directory() -> Result<PathBuf, CliError> {
    let directory = state_directory()?.join("runs");
    fs::create_dir_all(&directory).map_err(|error| cannot_write(&directory, &error))?;
    Ok(directory)
}

/// Returns the file of a run.
fn path_of(id: &str) -> Result<PathBuf, CliError> {
    Ok(directory()?.join(format!("{id}.jsonl")))
}

fn remove_old(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        if age(&entry).is_some_and(|age| age > MAX_AGE) {
            // a journal that cannot be removed is harmless
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// Returns the time since a file was written.
fn age(entry: &fs::DirEntry) -> Option<Duration> {
    let modified = entry.metadata().and_then(|metadata| metadata.modified());
    SystemTime::now().duration_since(modified.ok()?).ok()
}

fn lock(file: &File, id: &str) -> Result<(), CliError> {
    file.try_lock().map_err(|_| {
        CliError::failure(format!("run `{id}` is locked by another process"))
            .with_hint("wait until that process ends")
    })
}

fn cannot_write(path: &Path, error: &std::io::Error) -> CliError {
    CliError::failure(format!("cannot write `{}`: {error}", path.display()))
        .with_hint("set `XDG_STATE_HOME` to a writable directory")
}
