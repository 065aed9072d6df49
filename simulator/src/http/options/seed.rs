//! What is in a simulator when it starts.

mod demo;
mod written;

use std::time::Duration;

use jiff::Timestamp;

use crate::state::clock::before;
use crate::state::{
    Cluster, ClusterType, FlexCluster, Lifecycle, Organization, Project, Region, Settings, Shard,
    State, default_disk_size, derived_id,
};

pub(crate) const DAY: Duration = Duration::from_hours(24);

/// The content a simulator starts with.
///
/// Ids depend on names only, so they are the same in every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    plan: Plan,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    Demo,
    Empty,
    Sized { projects: usize, clusters: usize },
    Written(&'static written::Written),
}

impl Seed {
    /// The demo organization: eight projects with everything a list has to get right.
    ///
    /// Names with spaces, colons and letters of other alphabets, an empty project, clusters
    /// running, paused, being created, resumed a moment ago, protected from termination, free,
    /// on local disks, sharded and in several regions, and flex clusters.
    pub const fn demo() -> Self {
        Self { plan: Plan::Demo }
    }

    /// An organization without projects.
    pub const fn empty() -> Self {
        Self { plan: Plan::Empty }
    }

    /// An organization of this many projects with this many clusters each.
    ///
    /// Projects are called `Project 0001` and so on, clusters `Cluster0` and so on; every third
    /// cluster is paused.
    pub const fn sized(projects: usize, clusters_per_project: usize) -> Self {
        Self {
            plan: Plan::Sized {
                projects,
                clusters: clusters_per_project,
            },
        }
    }

    const fn of_written(written: &'static written::Written) -> Self {
        Self {
            plan: Plan::Written(written),
        }
    }

    pub(crate) fn grow(self, now: Timestamp) -> State {
        let name = match self.plan {
            Plan::Demo => demo::ORGANIZATION,
            Plan::Written(written) => &written.organization,
            Plan::Empty | Plan::Sized { .. } => "Simulated Organization",
        };
        let id = derived_id(&format!("organization {name}"));
        let organization = Organization::new(id, name.to_owned());
        let mut projects = match self.plan {
            Plan::Demo => demo::projects(now),
            Plan::Empty => Vec::new(),
            Plan::Written(written) => written::projects(written, now),
            Plan::Sized { projects, clusters } => sized(projects, clusters, now),
        };
        for cluster in projects.iter_mut().flat_map(|it| &mut it.clusters) {
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
            let mut project = project(&format!("Project {number:04}"), before(now, DAY * 90));
            for index in 0..clusters {
                let mut planned = Planned::new(&format!("Cluster{index}"), "M10");
                if index % 3 == 2 {
                    planned = planned.with_lifecycle(Lifecycle::paused_since(before(now, DAY)));
                }
                planned.plant(&mut project, before(now, DAY * 60));
            }
            project
        })
        .collect()
}

pub(crate) fn project(name: &str, created: Timestamp) -> Project {
    Project::new(
        derived_id(&format!("project {name}")),
        name.to_owned(),
        created,
    )
}

/// A dedicated cluster to plant in a project.
pub(crate) struct Planned {
    name: String,
    provider: &'static str,
    instance_size: &'static str,
    regions: Vec<&'static str>,
    shards: usize,
    settings: Settings,
    lifecycle: Lifecycle,
}

impl Planned {
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

    pub(crate) fn at(mut self, provider: &'static str, regions: &[&'static str]) -> Self {
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

    pub(crate) const fn protected(mut self) -> Self {
        self.settings.termination_protection = true;
        self
    }

    /// Adds the cluster to a project.
    pub(crate) fn plant(self, project: &mut Project, created: Timestamp) {
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
                    regions: self.planned_regions(),
                })
                .collect(),
            disk_size: default_disk_size(self.instance_size),
            addresses_updated: created,
            has_addresses: false,
            retains_backups: false,
            upgrade: None,
            name: self.name,
            settings: self.settings,
            lifecycle: self.lifecycle,
        };
        cluster.advance_to(created);
        project.clusters.push(cluster);
    }

    fn planned_regions(&self) -> Vec<Region> {
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
pub(crate) fn plant_flex(project: &mut Project, name: &str, created: Timestamp) {
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
    fn the_demo_organization_is_the_same_every_time() {
        let ids = || {
            let state = Seed::demo().grow(now());
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
    fn a_sized_organization_has_the_size_asked_for() {
        let state = Seed::sized(250, 3).grow(now());

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
