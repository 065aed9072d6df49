//! Upgrades of free, shared and flex clusters to dedicated clusters, and of free clusters to flex
//! clusters.

use std::time::Duration;

use jiff::Timestamp;

use crate::state::clock::after;

use super::topology::{self, ShardDraft};
use super::{
    ApiRejection, Cluster, ClusterChange, ClusterType, FlexCluster, Ids, Lifecycle, Project,
    Region, Settings, StateName, default_disk_size,
};

/// Duration of an upgrade to a dedicated cluster.
const UPGRADE_TIME: Duration = Duration::from_mins(8);
/// Duration of an upgrade to a flex cluster.
const FLEX_UPGRADE_TIME: Duration = Duration::from_mins(1);
/// Time until an upgraded cluster loses its connection strings.
const ADDRESS_REMOVAL_TIME: Duration = Duration::from_secs(10);
/// Time until responses show the new cluster, which is still in creation.
const REPLACEMENT_TIME: Duration = Duration::from_secs(20);
/// Default instance size of an upgraded cluster.
const DEFAULT_SIZE: &str = "M10";
/// Attribute that responses about upgraded clusters lack.
const HIDDEN_AFTER_UPGRADE: &str = "diskWarmingMode";

impl Project {
    /// Starts the upgrade of a flex cluster, which remains listed as a flex cluster until the
    /// upgrade ends.
    pub(crate) fn upgrade_flex_cluster(
        &mut self,
        name: &str,
        mut change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&FlexCluster, ApiRejection> {
        let flex = self.flex_cluster_mut(name)?;
        flex.check_not_deleting()?;
        let drafts = change.shards.take();
        let drafts = drafts.unwrap_or_else(|| default_shards(&flex.provider, &flex.region));
        let mut settings = change.apply(&Settings::new());
        if change.tags.is_none() {
            settings.tags.clone_from(&flex.tags);
        }
        settings.passthrough.remove(HIDDEN_AFTER_UPGRADE);
        let disk_size = change.disk_size.unwrap_or_else(|| default_disk(&drafts));
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
            has_retained_backups: false,
            upgrade: None,
        }));
        flex.lifecycle.update(UPGRADE_TIME, now);
        Ok(flex)
    }

    /// Replaces a free cluster with a flex cluster in the state `UPDATING`.
    pub(crate) fn upgrade_to_flex(
        &mut self,
        name: &str,
        provider: Option<&str>,
        region: Option<&str>,
        now: Timestamp,
    ) -> Result<&FlexCluster, ApiRejection> {
        let cluster = self.cluster(name)?;
        if cluster.lifecycle.state() == StateName::Deleting {
            return Err(ApiRejection::AlreadyRequestedDeletion {
                name: name.to_owned(),
            });
        }
        let current = cluster.first_region();
        let backing = current.and_then(|region| region.backing_provider.as_deref());
        let mut flex = FlexCluster {
            id: cluster.id.clone(),
            name: cluster.name.clone(),
            created: cluster.created,
            provider: provider.or(backing).unwrap_or("AWS").to_owned(),
            region: region
                .or(current.map(|region| region.name.as_str()))
                .unwrap_or("US_EAST_1")
                .to_owned(),
            tags: cluster.settings.tags.clone(),
            termination_protection: cluster.settings.termination_protection,
            lifecycle: Lifecycle::running(),
            upgrade: None,
        };
        flex.lifecycle.update(FLEX_UPGRADE_TIME, now);
        self.clusters.retain(|cluster| cluster.name != name);
        Ok(self.flex_clusters.push_mut(flex))
    }

    /// Replaces upgraded flex clusters with their dedicated clusters.
    pub(super) fn move_upgraded(&mut self) {
        let is_upgraded = |cluster: &mut FlexCluster| {
            cluster.upgrade.is_some() && cluster.lifecycle.state() == StateName::Idle
        };
        let upgraded = self.flex_clusters.extract_if(.., is_upgraded);
        let dedicated = upgraded.filter_map(|flex| flex.upgrade.map(|cluster| *cluster));
        self.clusters.extend(dedicated);
    }
}

impl Cluster {
    /// Starts the upgrade of a free or shared cluster, and returns the new cluster.
    pub(crate) fn upgrade(
        &mut self,
        mut change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<&Self, ApiRejection> {
        if self.lifecycle.state() == StateName::Deleting {
            return Err(ApiRejection::AlreadyRequestedDeletion {
                name: self.name.clone(),
            });
        }
        if self.lifecycle.is_paused() {
            return Err(ApiRejection::CannotUpdatePaused {
                name: self.name.clone(),
            });
        }
        let drafts = change.shards.take();
        let drafts = drafts.unwrap_or_else(|| {
            let region = self.first_region();
            let provider = region.and_then(|region| region.backing_provider.as_deref());
            default_shards(
                provider.unwrap_or("AWS"),
                region.map_or("", |region| &region.name),
            )
        });
        self.lifecycle.update(UPGRADE_TIME, now);
        let mut next = Box::new(Self {
            created: now,
            addresses_updated: now,
            kind: change.kind.unwrap_or(self.kind),
            disk_size: change.disk_size.unwrap_or_else(|| default_disk(&drafts)),
            settings: change.apply(&self.settings),
            shards: topology::build(drafts, &self.shards, ids, now),
            upgrade: None,
            ..self.clone()
        });
        next.settings.passthrough.remove(HIDDEN_AFTER_UPGRADE);
        let (_, next) = self.upgrade.insert((now, next));
        Ok(next)
    }

    /// Removes the connection strings of an upgraded cluster, and then replaces the cluster.
    pub(super) fn advance_upgrade(&mut self, now: Timestamp) {
        let Some((started, next)) = self.upgrade.take() else {
            return;
        };
        if after(started, REPLACEMENT_TIME) <= now {
            *self = *next;
            return;
        }
        self.has_addresses &= now < after(started, ADDRESS_REMOVAL_TIME);
        self.upgrade = Some((started, next));
    }
}

fn default_shards(provider: &str, region: &str) -> Vec<ShardDraft> {
    vec![ShardDraft {
        zone_name: "Zone 1".to_owned(),
        count: 1,
        regions: vec![Region::with_three_nodes(provider, region, DEFAULT_SIZE)],
    }]
}

fn default_disk(drafts: &[ShardDraft]) -> f64 {
    let region = drafts.first().and_then(|shard| shard.regions.first());
    region.map_or(0.0, |region| default_disk_size(region.instance_size()))
}
