//! Dedicated, free and shared clusters: changes and deletion.

use std::time::Duration;

use jiff::Timestamp;

use super::topology::{self, ClusterType, Shard};
use super::{
    ApiRejection, ClusterChange, Hardware, Ids, Lifecycle, LifecycleEvent, Region, Settings,
    StateName,
};

/// Duration of a change of settings.
const SETTINGS_TIME: Duration = Duration::from_secs(30);
/// Duration of a change of nodes or disks.
const TOPOLOGY_TIME: Duration = Duration::from_mins(6);

/// A cluster of `/groups/{groupId}/clusters`.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    pub(crate) kind: ClusterType,
    pub(crate) shards: Vec<Shard>,
    /// Disk size of each node, in gigabytes.
    pub(crate) disk_size: f64,
    pub(crate) settings: Settings,
    pub(crate) lifecycle: Lifecycle,
    /// Time of the last change of the connection strings.
    pub(crate) addresses_updated: Timestamp,
    /// `true` if the cluster has connection strings.
    pub(crate) has_addresses: bool,
    /// `true` if the snapshots are retained after the deletion of the cluster.
    pub(crate) has_retained_backups: bool,
    /// Start of a pending upgrade, and the cluster that replaces this one.
    pub(crate) upgrade: Option<(Timestamp, Box<Self>)>,
}

impl Cluster {
    /// Returns the first region of the first shard, which older API versions return for the whole
    /// cluster.
    pub(crate) fn first_region(&self) -> Option<&Region> {
        self.shards.first()?.regions.first()
    }

    /// Returns `true` for M0, M2 and M5.
    pub(crate) fn is_tenant(&self) -> bool {
        self.first_region().is_some_and(Region::is_tenant)
    }

    /// Returns `true` for M0.
    pub(crate) fn is_free(&self) -> bool {
        self.first_region().is_some_and(Region::is_free)
    }

    fn is_nvme(&self) -> bool {
        self.regions()
            .flat_map(Region::node_groups)
            .any(|nodes| nodes.hardware.instance_size.contains("_NVME"))
    }

    fn regions(&self) -> impl Iterator<Item = &Region> {
        self.shards.iter().flat_map(|shard| &shard.regions)
    }

    /// Returns `true` if the cluster has regions of more than one cloud provider.
    pub(crate) fn is_multi_cloud(&self) -> bool {
        let first = self.first_region().map(|region| &region.provider);
        self.regions().any(|region| Some(&region.provider) != first)
    }

    /// Returns `true` if the nodes of different shards have different hardware.
    pub(crate) fn has_different_shards(&self) -> bool {
        let sizes = |shard: &Shard| -> Vec<Hardware> {
            let groups = shard.regions.iter().flat_map(Region::node_groups);
            groups.map(|nodes| nodes.hardware.clone()).collect()
        };
        let mut shards = self.shards.iter().map(sizes);
        let first = shards.next();
        shards.any(|shard| Some(shard) != first)
    }

    /// Returns the number of data-bearing nodes.
    pub(crate) fn node_count(&self) -> u64 {
        self.regions()
            .flat_map(Region::node_groups)
            .map(|nodes| nodes.count)
            .sum()
    }

    /// Returns a deleted cluster without connection strings.
    pub(super) fn without_addresses(mut self) -> Self {
        self.has_addresses = false;
        self
    }

    /// Advances the cluster to a time and returns its lifecycle events.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<(Timestamp, LifecycleEvent)> {
        self.advance_upgrade(now);
        let events = if self.is_free() {
            self.lifecycle.advance_free_to(now)
        } else {
            self.lifecycle.advance_to(now)
        };
        self.has_addresses |= self.lifecycle.state() == StateName::Idle;
        events
    }

    /// Updates, pauses or resumes the cluster.
    pub(crate) fn update(
        &mut self,
        change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<(), ApiRejection> {
        let name = || self.name.clone();
        if self.lifecycle.state() == StateName::Deleting {
            return Err(ApiRejection::AlreadyRequestedDeletion { name: name() });
        }
        if self.is_tenant() {
            return Err(ApiRejection::TenantUpdate);
        }
        let paused = change.paused;
        let has_other_fields = change.has_other_fields;
        let changed = self.with_change(change, ids, now);
        match paused {
            Some(true) if self.lifecycle.is_paused() => Err(ApiRejection::AlreadyPaused),
            Some(true) if self.is_nvme() => Err(ApiRejection::CannotPauseNvme),
            Some(true) if has_other_fields || changed.is_some() => {
                Err(ApiRejection::CannotUpdateAndPause { name: name() })
            }
            Some(true) => self.lifecycle.pause(now),
            Some(false) if self.lifecycle.is_paused() && has_other_fields => {
                Err(ApiRejection::CannotUpdatePaused { name: name() })
            }
            Some(false) | None if self.lifecycle.is_paused() && changed.is_some() => {
                Err(ApiRejection::CannotUpdatePaused { name: name() })
            }
            Some(false) if self.lifecycle.is_paused() => {
                self.lifecycle.resume(now);
                Ok(())
            }
            Some(false) | None => {
                if let Some((changed, wait)) = changed {
                    *self = changed;
                    self.lifecycle.update(wait, now);
                }
                Ok(())
            }
        }
    }

    /// Returns the changed cluster and the duration of the change, or `None` if nothing changes.
    fn with_change(
        &self,
        change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Option<(Self, Duration)> {
        let mut changed = self.clone();
        changed.settings = change.apply(&self.settings);
        changed.kind = change.kind.unwrap_or(self.kind);
        changed.disk_size = change.disk_size.unwrap_or(self.disk_size);
        let has_hardware = change.shards.is_some() || change.disk_size.is_some();
        if let Some(drafts) = change.shards {
            changed.shards = topology::build(drafts, &self.shards, ids, now);
        }
        if has_hardware {
            changed.update_effective_hardware(self, change.is_hardware_fixed);
        }
        let is_rebuilt = changed.kind != self.kind
            || changed.shards != self.shards
            || changed.disk_size.to_bits() != self.disk_size.to_bits();
        if is_rebuilt {
            return Some((changed, TOPOLOGY_TIME));
        }
        (changed.settings != self.settings).then_some((changed, SETTINGS_TIME))
    }

    /// Stores the running hardware of regions with auto-scaling if it differs from the requested
    /// hardware.
    fn update_effective_hardware(&mut self, before: &Self, is_hardware_fixed: bool) {
        for (shard, old_shard) in self.shards.iter_mut().zip(&before.shards) {
            for region in &mut shard.regions {
                let mut old_regions = old_shard.regions.iter();
                let old = old_regions
                    .find(|old| (&old.provider, &old.name) == (&region.provider, &region.name));
                region.effective = None;
                let requested = region.effective_hardware(self.disk_size);
                region.effective = old
                    .filter(|_| is_hardware_fixed && region.is_scaled())
                    .map(|old| old.effective_hardware(before.disk_size))
                    .filter(|running| *running != requested)
                    .map(Box::new);
            }
        }
    }

    /// Starts the deletion, and stores `true` if the snapshots are retained.
    pub(crate) fn delete(
        &mut self,
        project: &str,
        has_retained_backups: bool,
        now: Timestamp,
    ) -> Result<(), ApiRejection> {
        if self.lifecycle.state() == StateName::Deleting {
            return Err(ApiRejection::AlreadyRequestedDeletion {
                name: self.name.clone(),
            });
        }
        if self.settings.termination_protection {
            return Err(ApiRejection::TerminationProtected {
                name: self.name.clone(),
                project: project.to_owned(),
            });
        }
        self.upgrade = None;
        self.has_retained_backups = has_retained_backups;
        self.lifecycle.delete(now);
        Ok(())
    }
}
