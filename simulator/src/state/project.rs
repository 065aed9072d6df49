//! Projects and their clusters.

use std::time::Duration;

use jiff::Timestamp;

use super::topology::{self, ShardDraft};
use super::{
    ApiRejection, Cluster, ClusterChange, ClusterType, FlexCluster, FlexDraft, Ids, Lifecycle,
    LifecycleEvent, Region, Settings, Tag,
};

/// Maximum length of a cluster name.
const MAX_NAME_LENGTH: usize = 64;
/// Duration of the creation of a free or shared cluster.
const TENANT_CREATE_TIME: Duration = Duration::from_secs(15);

/// A project, which the API calls group.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) id: String,
    /// The id of its organization.
    pub(crate) organization: String,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    /// `None` until a request sets tags; responses contain an empty list, but omit `None`.
    pub(crate) tags: Option<Vec<Tag>>,
    pub(crate) default_alerts: bool,
    /// The allowed regions of a project of Atlas for Government.
    pub(crate) region_restrictions: Option<String>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) flex_clusters: Vec<FlexCluster>,
    /// Deleted clusters with retained snapshots, and the time of each deletion.
    pub(crate) retained: Vec<(Timestamp, Cluster)>,
}

/// A lifecycle event of a cluster.
#[derive(Debug)]
pub(crate) struct ProjectEvent {
    pub(crate) project: String,
    pub(crate) cluster: String,
    pub(crate) at: Timestamp,
    pub(crate) event: LifecycleEvent,
}

/// The parsed request for a new cluster.
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
            region_restrictions: None,
            clusters: Vec::new(),
            flex_clusters: Vec::new(),
            retained: Vec::new(),
        }
    }

    /// Returns `true` if the project has no clusters.
    pub(crate) const fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.flex_clusters.is_empty()
    }

    /// Advances the clusters to a time and returns their lifecycle events.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<ProjectEvent> {
        let id = &self.id;
        let dedicated = self.clusters.iter_mut();
        let dedicated = dedicated.map(|cluster| (cluster.advance_to(now), &cluster.name));
        let flex = self.flex_clusters.iter_mut();
        let flex = flex.map(|cluster| (cluster.lifecycle.advance_to(now), &cluster.name));
        let events = dedicated.chain(flex).flat_map(|(events, cluster)| {
            events.into_iter().map(|(at, event)| ProjectEvent {
                project: id.clone(),
                cluster: cluster.clone(),
                at,
                event,
            })
        });
        let mut events: Vec<_> = events.collect();
        events.sort_by_key(|event| event.at);
        let deleted = self
            .clusters
            .extract_if(.., |cluster| cluster.lifecycle.is_deleted(now));
        let retained = deleted.filter(|cluster| cluster.has_retained_backups);
        let retained = retained.map(|cluster| {
            let deleted_at = cluster.lifecycle.due().unwrap_or(now);
            (deleted_at, cluster.without_addresses())
        });
        self.retained.extend(retained);
        self.flex_clusters
            .retain(|cluster| !cluster.lifecycle.is_deleted(now));
        self.move_upgraded();
        events
    }

    pub(crate) fn cluster(&self, name: &str) -> Result<&Cluster, ApiRejection> {
        let cluster = self.clusters.iter().find(|cluster| cluster.name == name);
        cluster.ok_or_else(|| self.missing_cluster(name))
    }

    pub(crate) fn cluster_mut(&mut self, name: &str) -> Result<&mut Cluster, ApiRejection> {
        match self
            .clusters
            .iter()
            .position(|cluster| cluster.name == name)
        {
            Some(index) => Ok(&mut self.clusters[index]),
            None => Err(self.missing_cluster(name)),
        }
    }

    pub(crate) fn flex_cluster(&self, name: &str) -> Result<&FlexCluster, ApiRejection> {
        let cluster = self
            .flex_clusters
            .iter()
            .find(|cluster| cluster.name == name);
        cluster.ok_or_else(|| self.missing_flex_cluster(name))
    }

    pub(crate) fn flex_cluster_mut(
        &mut self,
        name: &str,
    ) -> Result<&mut FlexCluster, ApiRejection> {
        match self
            .flex_clusters
            .iter()
            .position(|cluster| cluster.name == name)
        {
            Some(index) => Ok(&mut self.flex_clusters[index]),
            None => Err(self.missing_flex_cluster(name)),
        }
    }

    /// Starts the creation of a dedicated, free or shared cluster.
    pub(crate) fn create_cluster(
        &mut self,
        draft: ClusterDraft,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&Cluster, ApiRejection> {
        self.check_new_name(&draft.name)?;
        if draft.change.paused == Some(true) {
            return Err(ApiRejection::CannotCreatePaused { name: draft.name });
        }
        let shards = topology::build(draft.shards, &[], ids, now);
        let is_tenant = shards
            .iter()
            .flat_map(|shard| &shard.regions)
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
            settings: draft.change.apply(&Settings::new()),
            lifecycle,
            addresses_updated: now,
            has_addresses: false,
            has_retained_backups: false,
            upgrade: None,
        };
        Ok(self.clusters.push_mut(cluster))
    }

    /// Starts the creation of a flex cluster.
    pub(crate) fn create_flex_cluster(
        &mut self,
        draft: FlexDraft,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&FlexCluster, ApiRejection> {
        self.check_new_name(&draft.name)?;
        let cluster = FlexCluster::new(draft, ids.next(now), now);
        Ok(self.flex_clusters.push_mut(cluster))
    }

    /// Rejects an invalid name, and a name that a dedicated or flex cluster of the project already has.
    fn check_new_name(&self, name: &str) -> Result<(), ApiRejection> {
        if !is_cluster_name(name) {
            return Err(ApiRejection::ClusterNameInvalid {
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
            return Err(ApiRejection::DuplicateClusterName {
                name: name.to_owned(),
                project,
            });
        }
        Ok(())
    }

    fn missing_cluster(&self, name: &str) -> ApiRejection {
        let name = name.to_owned();
        if self
            .flex_clusters
            .iter()
            .any(|cluster| cluster.name == name)
        {
            return ApiRejection::FlexInClusterApi { name };
        }
        ApiRejection::ClusterNotFound {
            name,
            project: self.id.clone(),
        }
    }

    fn missing_flex_cluster(&self, name: &str) -> ApiRejection {
        let name = name.to_owned();
        if self.clusters.iter().any(|cluster| cluster.name == name) {
            return ApiRejection::NotFlexInFlexApi { name };
        }
        ApiRejection::ClusterNotFound {
            name,
            project: self.id.clone(),
        }
    }
}

/// Returns `true` for a valid cluster name.
pub(crate) fn is_cluster_name(name: &str) -> bool {
    name.len() <= MAX_NAME_LENGTH
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
