//! Projects: a name and the clusters in it.

use std::time::Duration;

use jiff::Timestamp;

use super::topology::{self, ShardDraft};
use super::{
    Cluster, ClusterChange, ClusterType, FlexCluster, FlexDraft, Ids, Lifecycle, LifecycleEvent,
    Refusal, Region, Settings, Tag,
};

/// The longest name of a cluster.
const LONGEST_NAME: usize = 64;
/// How long a free or shared cluster takes to be there.
const TENANT_CREATE_TIME: Duration = Duration::from_secs(15);

/// A project (the wire says group).
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) id: String,
    /// The id of the organization it is in.
    pub(crate) organization: String,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// None until tags were set once; an empty list is shown, none is not.
    pub(crate) tags: Option<Vec<Tag>>,
    pub(crate) default_alerts: bool,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) flex_clusters: Vec<FlexCluster>,
    /// Clusters that are gone and left backups, with the time from which they are.
    pub(crate) retained: Vec<(Timestamp, Cluster)>,
}

/// A change of a cluster that no request made at that moment.
#[derive(Debug)]
pub(crate) struct ProjectEvent {
    pub(crate) project: String,
    pub(crate) cluster: String,
    pub(crate) at: Timestamp,
    pub(crate) event: LifecycleEvent,
}

/// A dedicated cluster as asked for.
#[derive(Clone, Debug)]
pub(crate) struct ClusterDraft {
    pub(crate) name: String,
    pub(crate) kind: ClusterType,
    pub(crate) shards: Vec<ShardDraft>,
    pub(crate) disk_size: f64,
    pub(crate) change: ClusterChange,
}

impl Project {
    pub(crate) const fn new(id: String, name: String, created: Timestamp) -> Self {
        Self {
            id,
            organization: String::new(),
            name,
            created,
            tags: None,
            default_alerts: true,
            clusters: Vec::new(),
            flex_clusters: Vec::new(),
            retained: Vec::new(),
        }
    }

    /// Whether nothing is left that keeps it from being closed.
    pub(crate) const fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.flex_clusters.is_empty()
    }

    /// Catches up with the time, and tells what happened meanwhile.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<ProjectEvent> {
        let id = &self.id;
        let dedicated = self.clusters.iter_mut();
        let dedicated = dedicated.map(|it| (it.advance_to(now), &it.name));
        let flex = self.flex_clusters.iter_mut();
        let flex = flex.map(|it| (it.lifecycle.advance_to(now), &it.name));
        let events = dedicated.chain(flex).flat_map(|(passed, cluster)| {
            passed.into_iter().map(|(at, event)| ProjectEvent {
                project: id.clone(),
                cluster: cluster.clone(),
                at,
                event,
            })
        });
        let mut events: Vec<_> = events.collect();
        events.sort_by_key(|it| it.at);
        let over = self.clusters.extract_if(.., |it| it.lifecycle.is_over(now));
        let retained = over.filter(|it| it.retains_backups);
        let retained =
            retained.map(|it| (it.lifecycle.due().unwrap_or(now), it.without_addresses()));
        self.retained.extend(retained);
        self.flex_clusters
            .retain(|cluster| !cluster.lifecycle.is_over(now));
        self.move_upgraded();
        events
    }

    pub(crate) fn cluster(&self, name: &str) -> Result<&Cluster, Refusal> {
        let found = self.clusters.iter().find(|cluster| cluster.name == name);
        found.ok_or_else(|| self.missing_cluster(name))
    }

    pub(crate) fn cluster_mut(&mut self, name: &str) -> Result<&mut Cluster, Refusal> {
        match self
            .clusters
            .iter()
            .position(|cluster| cluster.name == name)
        {
            Some(index) => Ok(&mut self.clusters[index]),
            None => Err(self.missing_cluster(name)),
        }
    }

    pub(crate) fn flex_cluster(&self, name: &str) -> Result<&FlexCluster, Refusal> {
        let found = self
            .flex_clusters
            .iter()
            .find(|cluster| cluster.name == name);
        found.ok_or_else(|| self.missing_flex_cluster(name))
    }

    pub(crate) fn flex_cluster_mut(&mut self, name: &str) -> Result<&mut FlexCluster, Refusal> {
        match self
            .flex_clusters
            .iter()
            .position(|cluster| cluster.name == name)
        {
            Some(index) => Ok(&mut self.flex_clusters[index]),
            None => Err(self.missing_flex_cluster(name)),
        }
    }

    /// Starts to create a dedicated cluster.
    pub(crate) fn create_cluster(
        &mut self,
        draft: ClusterDraft,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&Cluster, Refusal> {
        self.check_new_name(&draft.name)?;
        if draft.change.paused == Some(true) {
            return Err(Refusal::CannotCreatePaused { name: draft.name });
        }
        let shards = topology::build(draft.shards, &[], ids, now);
        let is_tenant = shards
            .iter()
            .flat_map(|it| &it.regions)
            .any(Region::is_tenant);
        let lifecycle = if is_tenant {
            Lifecycle::creating_for(TENANT_CREATE_TIME, now)
        } else {
            Lifecycle::creating(now)
        };
        let cluster = Cluster {
            id: ids.next(now),
            name: draft.name,
            created: now,
            kind: draft.kind,
            shards,
            disk_size: draft.disk_size,
            settings: draft.change.applied_to(&Settings::new()),
            lifecycle,
            addresses_updated: now,
            has_addresses: false,
            retains_backups: false,
            upgrade: None,
        };
        Ok(self.clusters.push_mut(cluster))
    }

    /// Starts to create a flex cluster.
    pub(crate) fn create_flex_cluster(
        &mut self,
        draft: FlexDraft,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&FlexCluster, Refusal> {
        self.check_new_name(&draft.name)?;
        let cluster = FlexCluster::creating(draft, ids.next(now), now);
        Ok(self.flex_clusters.push_mut(cluster))
    }

    /// Dedicated and flex clusters share their names.
    fn check_new_name(&self, name: &str) -> Result<(), Refusal> {
        if !is_cluster_name(name) {
            return Err(Refusal::ClusterNameInvalid {
                name: name.to_owned(),
            });
        }
        let is_taken = self.clusters.iter().any(|cluster| cluster.name == name)
            || self
                .flex_clusters
                .iter()
                .any(|cluster| cluster.name == name);
        if is_taken {
            let project = self.id.clone();
            return Err(Refusal::DuplicateClusterName {
                name: name.to_owned(),
                project,
            });
        }
        Ok(())
    }

    fn missing_cluster(&self, name: &str) -> Refusal {
        let name = name.to_owned();
        if self
            .flex_clusters
            .iter()
            .any(|cluster| cluster.name == name)
        {
            return Refusal::FlexInClusterApi { name };
        }
        Refusal::ClusterNotFound {
            name,
            project: self.id.clone(),
        }
    }

    fn missing_flex_cluster(&self, name: &str) -> Refusal {
        let name = name.to_owned();
        if self.clusters.iter().any(|cluster| cluster.name == name) {
            return Refusal::NotFlexInFlexApi { name };
        }
        Refusal::ClusterNotFound {
            name,
            project: self.id.clone(),
        }
    }
}

/// Whether a cluster can be called this.
pub(crate) fn is_cluster_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
