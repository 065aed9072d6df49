//! Free, shared and flex clusters that become dedicated ones, and free ones that become flex.

use std::time::Duration;

use jiff::Timestamp;

use crate::state::clock::after;

use super::topology::{self, ShardDraft};
use super::{
    Cluster, ClusterChange, ClusterType, FlexCluster, Ids, Lifecycle, Project, Refusal, Region,
    Settings, StateName, default_disk_size,
};

/// How long data takes to move to servers of its own.
const UPGRADE_TIME: Duration = Duration::from_mins(8);
/// How long it takes when the servers stay shared.
const FLEX_UPGRADE_TIME: Duration = Duration::from_mins(1);
/// How long a free cluster keeps its addresses after that was asked for.
const LEAVE_TIME: Duration = Duration::from_secs(10);
/// After how long the new servers show, which are not ready yet.
const MOVE_TIME: Duration = Duration::from_secs(20);
/// What a cluster becomes when nothing else was asked for.
const SMALLEST: &str = "M10";
/// What upgraded clusters do not show, though all others do.
const NEVER_SHOWN: &str = "diskWarmingMode";

impl Project {
    /// Starts to make a dedicated cluster of a flex cluster, which it stays until that is done.
    pub(crate) fn upgrade_flex_cluster(
        &mut self,
        name: &str,
        mut change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&FlexCluster, Refusal> {
        let flex = self.flex_cluster_mut(name)?;
        flex.check_not_deleting()?;
        let drafts = change.shards.take();
        let drafts = drafts.unwrap_or_else(|| smallest(&flex.provider, &flex.region));
        let mut settings = change.applied_to(&Settings::new());
        if change.tags.is_none() {
            settings.tags.clone_from(&flex.tags);
        }
        settings.carried.remove(NEVER_SHOWN);
        let disk_size = change.disk_size.unwrap_or_else(|| disk_of(&drafts));
        flex.upgrade = Some(Box::new(Cluster {
            id: flex.id.clone(),
            name: flex.name.clone(),
            created: now,
            kind: change.kind.unwrap_or(ClusterType::ReplicaSet),
            shards: topology::build(drafts, &[], ids, now),
            disk_size,
            settings,
            lifecycle: Lifecycle::running(),
            addresses_updated: now,
            has_addresses: true,
            retains_backups: false,
            upgrade: None,
        }));
        flex.lifecycle.update(UPGRADE_TIME, now);
        Ok(flex)
    }

    /// Makes a flex cluster of a free one at once, which takes a while to be idle.
    pub(crate) fn upgrade_to_flex(
        &mut self,
        name: &str,
        cloud: Option<&str>,
        region: Option<&str>,
        now: Timestamp,
    ) -> Result<&FlexCluster, Refusal> {
        let cluster = self.cluster(name)?;
        if cluster.lifecycle.state() == StateName::Deleting {
            return Err(Refusal::AlreadyRequestedDeletion {
                name: name.to_owned(),
            });
        }
        let current = cluster.first_region();
        let backing = current.and_then(|it| it.backing_provider.as_deref());
        let mut flex = FlexCluster {
            id: cluster.id.clone(),
            name: cluster.name.clone(),
            created: cluster.created,
            provider: cloud.or(backing).unwrap_or("AWS").to_owned(),
            region: region
                .or(current.map(|it| it.name.as_str()))
                .unwrap_or("US_EAST_1")
                .to_owned(),
            tags: cluster.settings.tags.clone(),
            termination_protection: cluster.settings.termination_protection,
            lifecycle: Lifecycle::running(),
            upgrade: None,
        };
        flex.lifecycle.update(FLEX_UPGRADE_TIME, now);
        self.clusters.retain(|it| it.name != name);
        Ok(self.flex_clusters.push_mut(flex))
    }

    /// Moves flex clusters that were upgraded to the dedicated ones.
    pub(super) fn move_upgraded(&mut self) {
        let is_done =
            |it: &mut FlexCluster| it.upgrade.is_some() && it.lifecycle.state() == StateName::Idle;
        let upgraded = self.flex_clusters.extract_if(.., is_done);
        let dedicated = upgraded.filter_map(|it| it.upgrade).map(|it| *it);
        self.clusters.extend(dedicated);
    }
}

impl Cluster {
    /// Starts to make a dedicated cluster of a free or shared one; returns what it becomes.
    pub(crate) fn upgrade(
        &mut self,
        mut change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&Self, Refusal> {
        if self.lifecycle.state() == StateName::Deleting {
            return Err(Refusal::AlreadyRequestedDeletion {
                name: self.name.clone(),
            });
        }
        if self.lifecycle.is_paused() {
            return Err(Refusal::CannotUpdatePaused {
                name: self.name.clone(),
            });
        }
        let drafts = change.shards.take();
        let drafts = drafts.unwrap_or_else(|| {
            let region = self.first_region();
            let cloud = region.and_then(|it| it.backing_provider.as_deref());
            smallest(cloud.unwrap_or("AWS"), region.map_or("", |it| &it.name))
        });
        self.lifecycle.update(UPGRADE_TIME, now);
        let mut next = Box::new(Self {
            created: now,
            addresses_updated: now,
            kind: change.kind.unwrap_or(self.kind),
            disk_size: change.disk_size.unwrap_or_else(|| disk_of(&drafts)),
            settings: change.applied_to(&self.settings),
            shards: topology::build(drafts, &self.shards, ids, now),
            upgrade: None,
            ..self.clone()
        });
        next.settings.carried.remove(NEVER_SHOWN);
        let (_, next) = self.upgrade.insert((now, next));
        Ok(next)
    }

    /// Gives up the addresses of the old servers, and then the old servers.
    pub(super) fn move_on(&mut self, now: Timestamp) {
        let Some((begun, next)) = self.upgrade.take() else {
            return;
        };
        if after(begun, MOVE_TIME) <= now {
            *self = *next;
            return;
        }
        self.has_addresses &= now < after(begun, LEAVE_TIME);
        self.upgrade = Some((begun, next));
    }
}

fn smallest(cloud: &str, region: &str) -> Vec<ShardDraft> {
    vec![ShardDraft {
        zone_name: "Zone 1".to_owned(),
        count: 1,
        regions: vec![Region::smallest(cloud, region, SMALLEST)],
    }]
}

fn disk_of(drafts: &[ShardDraft]) -> f64 {
    let region = drafts.first().and_then(|shard| shard.regions.first());
    region.map_or(0.0, |region| default_disk_size(region.instance_size()))
}
