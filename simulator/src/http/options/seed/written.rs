//! Seeds that somebody wrote down: an organization, its projects and their clusters as JSON.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use super::{DAY, Planned, Seed, plant_flex, project};
use crate::resources::check_name;
use crate::resources::deployments::clusters::is_instance_size;
use crate::state::clock::before;
use crate::state::{Lifecycle, Project, is_cluster_name};

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
    /// Fails when the text is no such JSON, or describes what there cannot be: names that Atlas would
    /// refuse or that are there twice, and instance sizes that do not exist.
    pub fn from_json(text: &[u8]) -> Result<Self, std::io::Error> {
        let written: Written = serde_json::from_slice(text)?;
        written.check().map_err(invalid)?;
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

fn invalid(what: String) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, what)
}

impl Written {
    /// Says what of it there cannot be, since the API would never show it.
    fn check(&self) -> Result<(), String> {
        let mut names = HashSet::new();
        for project in &self.projects {
            let name = project.name.as_str();
            check_name(name).map_err(|_| format!("a project cannot be called `{name}`"))?;
            if !names.insert(name) {
                return Err(format!("there are two projects `{name}`"));
            }
            project.check()?;
        }
        Ok(())
    }
}

impl WrittenProject {
    fn check(&self) -> Result<(), String> {
        let project = &self.name;
        let mut names = HashSet::new();
        let dedicated = self.clusters.iter().map(|it| &it.name);
        for name in dedicated.chain(&self.flex_clusters) {
            if !is_cluster_name(name) {
                return Err(format!(
                    "a cluster cannot be called `{name}` (in `{project}`)"
                ));
            }
            if !names.insert(name) {
                return Err(format!("there are two clusters `{name}` in `{project}`"));
            }
        }
        for cluster in &self.clusters {
            let (name, size) = (&cluster.name, &cluster.instance_size);
            if !is_instance_size(size) {
                let what = format!("there is no instance size `{size}`");
                return Err(format!("{what} (cluster `{name}` in `{project}`)"));
            }
            if cluster.regions.is_empty() {
                return Err(format!("cluster `{name}` in `{project}` has no region"));
            }
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(projects: &str) -> String {
        let seed = format!(r#"{{"projects": [{projects}]}}"#);
        Seed::from_json(seed.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn what_there_cannot_be_is_refused_by_name() {
        let cluster = |more: &str| format!(r#"{{"name": "a", "clusters": [{more}]}}"#);

        assert_eq!(
            refusal(r#"{"name": "a"}, {"name": "a"}"#),
            "there are two projects `a`"
        );
        assert_eq!(refusal(r#"{"name": ""}"#), "a project cannot be called ``");
        assert_eq!(
            refusal(&cluster(r#"{"name": "x"}, {"name": "x"}"#)),
            "there are two clusters `x` in `a`"
        );
        assert_eq!(
            refusal(&cluster(r#"{"name": "q q"}"#)),
            "a cluster cannot be called `q q` (in `a`)"
        );
        assert_eq!(
            refusal(&cluster(r#"{"name": "x", "instanceSize": "M999"}"#)),
            "there is no instance size `M999` (cluster `x` in `a`)"
        );
        assert_eq!(
            refusal(&cluster(r#"{"name": "x", "regions": []}"#)),
            "cluster `x` in `a` has no region"
        );
    }
}
