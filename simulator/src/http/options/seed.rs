//! The initial data of a simulator.

mod demo;
mod file;

use std::time::Duration;

use jiff::Timestamp;

use crate::state::clock::before;
use crate::state::{
    Cluster, ClusterType, FlexCluster, Lifecycle, Organization, Project, Region, Settings, Shard,
    State, default_disk_size, derived_id,
};

pub(crate) const DAY: Duration = Duration::from_hours(24);

/// The initial data of a simulator.
///
/// Ids are derived from names, so they are the same in every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    content: Content,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Demo,
    Empty,
    Sized { projects: usize, clusters: usize },
    File(&'static file::SeedFile),
}

impl Seed {
    /// Returns the demo organization with eight projects.
    ///
    /// The demo has project names with spaces, colons and non-Latin letters, and an empty project.
    /// Its clusters are running, paused, being created, recently resumed, protected from
    /// termination, free, on local disks, sharded or in several regions. It also has flex clusters.
    pub const fn demo() -> Self {
        Self {
            content: Content::Demo,
        }
    }

    /// Returns an organization without projects.
    pub const fn empty() -> Self {
        Self {
            content: Content::Empty,
        }
    }

    /// Returns an organization with this many projects, each with this many clusters.
    ///
    /// Projects are named `Project 0001`, `Project 0002`, …, clusters `Cluster0`, `Cluster1`, ….
    /// Every third cluster is paused.
    pub const fn sized(projects: usize, clusters_per_project: usize) -> Self {
        Self {
            content: Content::Sized {
                projects,
                clusters: clusters_per_project,
            },
        }
    }

    const fn of_file(file: &'static file::SeedFile) -> Self {
        Self {
            content: Content::File(file),
        }
    }

    /// Builds the state at a time.
    pub(crate) fn build(self, now: Timestamp) -> State {
        let name = match self.content {
            Content::Demo => demo::ORGANIZATION,
            Content::File(file) => &file.organization,
            Content::Empty | Content::Sized { .. } => "Simulated Organization",
        };
        let id = derived_id(&format!("organization {name}"));
        let organization = Organization::new(id, name.to_owned());
        let mut projects = match self.content {
            Content::Demo => demo::projects(now),
            Content::Empty => Vec::new(),
            Content::File(file) => file::projects(file, now),
            Content::Sized { projects, clusters } => sized(projects, clusters, now),
        };
        for cluster in projects
            .iter_mut()
            .flat_map(|project| &mut project.clusters)
        {
            cluster.lifecycle.record_use(now);
        }
        State::new(organization, projects)
    }
}

impl Default for Seed {
    fn default() -> Self {
        Self::demo()
    }
}

fn sized(projects: usize, clusters: usize, now: Timestamp) -> Vec<Project> {
    let numbers = 1..=projects;
    numbers
        .map(|number| {
            let mut project = build_project(&format!("Project {number:04}"), before(now, DAY * 90));
            for index in 0..clusters {
                let mut cluster = SeedCluster::new(&format!("Cluster{index}"), "M10");
                if index % 3 == 2 {
                    cluster = cluster.with_lifecycle(Lifecycle::paused_since(before(now, DAY)));
                }
                cluster.add_to(&mut project, before(now, DAY * 60));
            }
            project
        })
        .collect()
}

pub(crate) fn build_project(name: &str, created: Timestamp) -> Project {
    Project::new(
        derived_id(&format!("project {name}")),
        name.to_owned(),
        created,
    )
}

/// A dedicated cluster of a seed.
pub(crate) struct SeedCluster {
    name: String,
    provider: &'static str,
    instance_size: &'static str,
    regions: Vec<&'static str>,
    shards: usize,
    settings: Settings,
    lifecycle: Lifecycle,
}

impl SeedCluster {
    pub(crate) fn new(name: &str, instance_size: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            provider: "AWS",
            instance_size,
            regions: vec!["EU_WEST_1"],
            shards: 1,
            settings: Settings::new(),
            lifecycle: Lifecycle::running(),
        }
    }

    pub(crate) fn in_regions(mut self, provider: &'static str, regions: &[&'static str]) -> Self {
        self.provider = provider;
        self.regions = regions.to_vec();
        self
    }

    pub(crate) const fn with_shards(mut self, shards: usize) -> Self {
        self.shards = shards;
        self
    }

    pub(crate) fn with_lifecycle(mut self, lifecycle: Lifecycle) -> Self {
        self.lifecycle = lifecycle;
        self
    }

    pub(crate) const fn with_backup(mut self) -> Self {
        self.settings.backup_enabled = true;
        self
    }

    pub(crate) const fn with_termination_protection(mut self) -> Self {
        self.settings.termination_protection = true;
        self
    }

    /// Adds the cluster to a project.
    pub(crate) fn add_to(self, project: &mut Project, created: Timestamp) {
        let id = |part: &str| derived_id(&format!("{part} {} {}", project.id, self.name));
        let is_sharded = self.shards > 1;
        let mut cluster = Cluster {
            id: id("cluster"),
            created,
            kind: if is_sharded {
                ClusterType::Sharded
            } else {
                ClusterType::ReplicaSet
            },
            shards: (0..self.shards)
                .map(|shard| Shard {
                    id: id(&format!("shard {shard}")),
                    spec_id: id("specification"),
                    zone_id: id("zone"),
                    zone_name: "Zone 1".to_owned(),
                    regions: self.regions(),
                })
                .collect(),
            disk_size: default_disk_size(self.instance_size),
            addresses_updated: created,
            has_addresses: false,
            has_retained_backups: false,
            upgrade: None,
            name: self.name,
            settings: self.settings,
            lifecycle: self.lifecycle,
        };
        cluster.advance_to(created);
        project.clusters.push(cluster);
    }

    fn regions(&self) -> Vec<Region> {
        let is_tenant = self.provider == "TENANT";
        let electable = if self.regions.len() > 1 { 1 } else { 3 };
        let regions = self.regions.iter().zip((0..=7).rev());
        regions
            .map(|(name, priority)| {
                let mut region = Region::with_three_nodes(self.provider, name, self.instance_size);
                region.backing_provider = is_tenant.then(|| "AWS".to_owned());
                region.priority = priority;
                region.electable.count = electable;
                region.scaling.disk = !is_tenant;
                region
            })
            .collect()
    }
}

/// Adds a running flex cluster to a project.
pub(crate) fn add_flex_cluster(project: &mut Project, name: &str, created: Timestamp) {
    project.flex_clusters.push(FlexCluster {
        id: derived_id(&format!("flex {} {name}", project.id)),
        name: name.to_owned(),
        created,
        provider: "AWS".to_owned(),
        region: "EU_WEST_1".to_owned(),
        tags: Vec::new(),
        termination_protection: false,
        lifecycle: Lifecycle::running(),
        upgrade: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-09-01T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn demo_organization_is_reproducible() {
        let ids = || {
            let state = Seed::demo().build(now());
            state
                .projects()
                .iter()
                .map(|project| project.id.clone())
                .collect::<Vec<_>>()
        };

        assert_eq!(ids(), ids());
        assert_eq!(ids().len(), 8);
    }

    #[test]
    fn sized_organization_has_the_given_size() {
        let state = Seed::sized(250, 3).build(now());

        assert_eq!(state.projects().len(), 250);
        assert!(
            state
                .projects()
                .iter()
                .all(|project| project.clusters.len() == 3)
        );
        assert!(state.projects()[0].clusters[2].lifecycle.is_paused());
    }
}
