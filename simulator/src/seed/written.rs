//! Seeds that somebody wrote down: an organization, its projects and their clusters as JSON.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use super::{DAY, Planned, Seed, plant_flex, project};
use crate::clock::before;
use crate::state::{Lifecycle, Project};

/// What a seed file holds.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Written {
    /// The name of the organization.
    #[serde(default = "organization")]
    pub(super) organization: String,
    #[serde(default)]
    projects: Vec<WrittenProject>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenProject {
    name: String,
    #[serde(default)]
    clusters: Vec<WrittenCluster>,
    #[serde(default)]
    flex_clusters: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenCluster {
    name: String,
    #[serde(default = "instance_size")]
    instance_size: String,
    #[serde(default = "provider")]
    provider: String,
    #[serde(default = "regions")]
    regions: Vec<String>,
    #[serde(default)]
    paused: bool,
    #[serde(default)]
    backup: bool,
    #[serde(default)]
    termination_protection: bool,
}

fn organization() -> String {
    "Simulated Organization".to_owned()
}

fn instance_size() -> String {
    "M10".to_owned()
}

fn provider() -> String {
    "AWS".to_owned()
}

fn regions() -> Vec<String> {
    vec!["EU_WEST_1".to_owned()]
}

impl Seed {
    /// Reads a seed from JSON: `organization`, and `projects` with `clusters` and `flexClusters`.
    ///
    /// # Errors
    ///
    /// Fails when the text is no such JSON.
    pub fn from_json(text: &[u8]) -> Result<Self, std::io::Error> {
        let written: Written = serde_json::from_slice(text)?;
        // A seed is copied around freely, and a process reads only a few of them.
        Ok(Self::of_written(Box::leak(Box::new(written))))
    }

    /// Reads a seed from a JSON file.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or holds something else.
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, std::io::Error> {
        Self::from_json(&std::fs::read(path)?)
    }
}

/// The projects of a written seed.
pub(super) fn projects(written: &'static Written, now: Timestamp) -> Vec<Project> {
    written.projects.iter().map(|it| grown(it, now)).collect()
}

fn grown(written: &'static WrittenProject, now: Timestamp) -> Project {
    let mut project = project(&written.name, before(now, DAY * 90));
    let created = before(now, DAY * 60);
    for cluster in &written.clusters {
        let regions: Vec<&'static str> = cluster.regions.iter().map(String::as_str).collect();
        let mut planned =
            Planned::new(&cluster.name, &cluster.instance_size).at(&cluster.provider, &regions);
        if cluster.paused {
            let since = before(now, Duration::from_hours(24));
            planned = planned.with_lifecycle(Lifecycle::paused_since(since));
        }
        if cluster.backup {
            planned = planned.with_backup();
        }
        if cluster.termination_protection {
            planned = planned.protected();
        }
        planned.plant(&mut project, created);
    }
    for name in &written.flex_clusters {
        plant_flex(&mut project, name, created);
    }
    project
}
