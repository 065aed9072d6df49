//! Seeds from JSON: an organization with its projects and clusters.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use super::{DAY, Seed, SeedCluster, add_flex_cluster, build_project};
use crate::resources::check_name;
use crate::resources::cloud_providers::is_instance_size;
use crate::state::clock::before;
use crate::state::{Lifecycle, Project, is_cluster_name};

/// The content of a seed file.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SeedFile {
    /// The name of the organization.
    #[serde(default = "default_organization")]
    pub(super) organization: String,
    #[serde(default)]
    projects: Vec<ProjectSeed>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ProjectSeed {
    name: String,
    #[serde(default)]
    clusters: Vec<ClusterSeed>,
    #[serde(default)]
    flex_clusters: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClusterSeed {
    name: String,
    #[serde(default = "default_instance_size")]
    instance_size: String,
    #[serde(default = "default_provider")]
    provider: String,
    #[serde(default = "default_regions")]
    regions: Vec<String>,
    #[serde(default)]
    paused: bool,
    #[serde(default)]
    backup: bool,
    #[serde(default)]
    termination_protection: bool,
}

fn default_organization() -> String {
    "Simulated Organization".to_owned()
}

fn default_instance_size() -> String {
    "M10".to_owned()
}

fn default_provider() -> String {
    "AWS".to_owned()
}

fn default_regions() -> Vec<String> {
    vec!["EU_WEST_1".to_owned()]
}

impl Seed {
    /// Parses a seed from JSON: `organization`, and `projects` with `clusters` and `flexClusters`.
    ///
    /// # Errors
    ///
    /// Fails on invalid JSON, unknown fields, duplicate names, names that Atlas rejects and unknown
    /// instance sizes.
    pub fn from_json(text: &[u8]) -> Result<Self, std::io::Error> {
        let file: SeedFile = serde_json::from_slice(text)?;
        file.check().map_err(invalid_data)?;
        // `Seed` is `Copy`, and a process reads only a few seeds.
        Ok(Self::of_file(Box::leak(Box::new(file))))
    }

    /// Reads a seed from a JSON file.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, and like [`from_json`](Self::from_json).
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, std::io::Error> {
        Self::from_json(&std::fs::read(path)?)
    }
}

fn invalid_data(message: String) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, message)
}

impl SeedFile {
    /// Rejects data that the API could not create.
    fn check(&self) -> Result<(), String> {
        let mut names = HashSet::new();
        for project in &self.projects {
            let name = project.name.as_str();
            check_name(name).map_err(|_| format!("invalid project name `{name}`"))?;
            if !names.insert(name) {
                return Err(format!("duplicate project `{name}`"));
            }
            project.check()?;
        }
        Ok(())
    }
}

impl ProjectSeed {
    fn check(&self) -> Result<(), String> {
        let project = &self.name;
        let mut names = HashSet::new();
        let dedicated = self.clusters.iter().map(|cluster| &cluster.name);
        for name in dedicated.chain(&self.flex_clusters) {
            if !is_cluster_name(name) {
                return Err(format!(
                    "invalid cluster name `{name}` in project `{project}`"
                ));
            }
            if !names.insert(name) {
                return Err(format!("duplicate cluster `{name}` in project `{project}`"));
            }
        }
        for cluster in &self.clusters {
            let (name, size) = (&cluster.name, &cluster.instance_size);
            if !is_instance_size(size) {
                return Err(format!(
                    "unknown instance size `{size}` of cluster `{name}` in project `{project}`"
                ));
            }
            if cluster.regions.is_empty() {
                return Err(format!(
                    "cluster `{name}` in project `{project}` has no region"
                ));
            }
        }
        Ok(())
    }
}

/// Builds the projects of a seed file.
pub(super) fn projects(file: &'static SeedFile, now: Timestamp) -> Vec<Project> {
    let projects = file.projects.iter();
    projects
        .map(|seed| build_seeded_project(seed, now))
        .collect()
}

fn build_seeded_project(seed: &'static ProjectSeed, now: Timestamp) -> Project {
    let mut project = build_project(&seed.name, before(now, DAY * 90));
    let created = before(now, DAY * 60);
    for file in &seed.clusters {
        let regions: Vec<&'static str> = file.regions.iter().map(String::as_str).collect();
        let mut cluster =
            SeedCluster::new(&file.name, &file.instance_size).in_regions(&file.provider, &regions);
        if file.paused {
            let since = before(now, Duration::from_hours(24));
            cluster = cluster.with_lifecycle(Lifecycle::paused_since(since));
        }
        if file.backup {
            cluster = cluster.with_backup();
        }
        if file.termination_protection {
            cluster = cluster.with_termination_protection();
        }
        cluster.add_to(&mut project, created);
    }
    for name in &seed.flex_clusters {
        add_flex_cluster(&mut project, name, created);
    }
    project
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(projects: &str) -> String {
        let seed = format!(r#"{{"projects": [{projects}]}}"#);
        Seed::from_json(seed.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn rejects_invalid_and_duplicate_names() {
        let cluster = |more: &str| format!(r#"{{"name": "a", "clusters": [{more}]}}"#);

        assert_eq!(
            error_of(r#"{"name": "a"}, {"name": "a"}"#),
            "duplicate project `a`"
        );
        assert_eq!(error_of(r#"{"name": ""}"#), "invalid project name ``");
        assert_eq!(
            error_of(&cluster(r#"{"name": "x"}, {"name": "x"}"#)),
            "duplicate cluster `x` in project `a`"
        );
        assert_eq!(
            error_of(&cluster(r#"{"name": "q q"}"#)),
            "invalid cluster name `q q` in project `a`"
        );
        assert_eq!(
            error_of(&cluster(r#"{"name": "x", "instanceSize": "M999"}"#)),
            "unknown instance size `M999` of cluster `x` in project `a`"
        );
        assert_eq!(
            error_of(&cluster(r#"{"name": "x", "regions": []}"#)),
            "cluster `x` in project `a` has no region"
        );
    }
}
