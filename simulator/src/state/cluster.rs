//! Dedicated clusters and the free one: what may be done to them.

use std::time::Duration;

use jiff::Timestamp;

use super::topology::{self, ClusterType, Shard};
use super::{ClusterChange, Ids, Lifecycle, LifecycleEvent, Refusal, Region, Settings, StateName};

/// How long a change of plain settings takes.
const SETTINGS_TIME: Duration = Duration::from_secs(30);
/// How long a change of the nodes or their disks takes.
const TOPOLOGY_TIME: Duration = Duration::from_mins(6);

/// A cluster of the cluster API.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created: Timestamp,
    pub(crate) kind: ClusterType,
    pub(crate) shards: Vec<Shard>,
    /// Gigabytes, the same for every node.
    pub(crate) disk_size: f64,
    pub(crate) settings: Settings,
    pub(crate) lifecycle: Lifecycle,
    /// When the addresses in the connection strings last changed.
    pub(crate) addresses_updated: Timestamp,
    /// Whether there has been an address at all.
    pub(crate) has_addresses: bool,
    /// Whether its backups stay when it is deleted.
    pub(crate) retains_backups: bool,
    /// When an upgrade was asked for, and what takes this cluster's place soon after.
    pub(crate) upgrade: Option<(Timestamp, Box<Self>)>,
}

impl Cluster {
    /// The first region of the first shard, which older forms take for the whole cluster.
    pub(crate) fn first_region(&self) -> Option<&Region> {
        self.shards.first()?.regions.first()
    }

    /// Whether it is a free or shared one.
    pub(crate) fn is_tenant(&self) -> bool {
        self.first_region().is_some_and(Region::is_tenant)
    }

    fn is_free(&self) -> bool {
        self.first_region()
            .is_some_and(|it| it.is_tenant() && it.instance_size() == "M0")
    }

    fn is_nvme(&self) -> bool {
        self.regions()
            .flat_map(Region::kinds)
            .any(|it| it.hardware.instance_size.contains("_NVME"))
    }

    fn regions(&self) -> impl Iterator<Item = &Region> {
        self.shards.iter().flat_map(|shard| &shard.regions)
    }

    /// Whether it runs on more than one cloud.
    pub(crate) fn is_multi_cloud(&self) -> bool {
        let first = self.first_region().map(|it| &it.provider);
        self.regions().any(|it| Some(&it.provider) != first)
    }

    /// All nodes that hold data.
    pub(crate) fn node_count(&self) -> u64 {
        self.regions()
            .flat_map(Region::kinds)
            .map(|nodes| nodes.count)
            .sum()
    }

    /// What is told of a cluster that is gone: nobody can connect to it.
    pub(super) fn without_addresses(mut self) -> Self {
        self.has_addresses = false;
        self
    }

    /// Catches up with the time, and tells what happened meanwhile.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<(Timestamp, LifecycleEvent)> {
        self.move_on(now);
        let passed = if self.is_free() {
            self.lifecycle.advance_free_to(now)
        } else {
            self.lifecycle.advance_to(now)
        };
        self.has_addresses |= self.lifecycle.state() == StateName::Idle;
        passed
    }

    /// Changes, pauses or resumes.
    pub(crate) fn update(
        &mut self,
        change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let name = || self.name.clone();
        if self.lifecycle.state() == StateName::Deleting {
            return Err(Refusal::AlreadyRequestedDeletion { name: name() });
        }
        if self.is_tenant() {
            return Err(Refusal::TenantUpdate);
        }
        let paused = change.paused;
        let changed = self.changed(change, ids, now);
        match paused {
            Some(true) if self.lifecycle.is_paused() => Err(Refusal::AlreadyPaused),
            Some(true) if self.is_nvme() => Err(Refusal::CannotPauseNvme),
            Some(true) if changed.is_some() => Err(Refusal::CannotUpdateAndPause { name: name() }),
            Some(true) => self.lifecycle.pause(now),
            Some(false) | None if self.lifecycle.is_paused() && changed.is_some() => {
                Err(Refusal::CannotUpdatePaused { name: name() })
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

    /// The cluster after a change and how long that takes; none when nothing changes.
    fn changed(
        &self,
        change: ClusterChange,
        ids: &mut Ids,
        now: Timestamp,
    ) -> Option<(Self, Duration)> {
        let mut changed = self.clone();
        changed.settings = change.applied_to(&self.settings);
        changed.kind = change.kind.unwrap_or(self.kind);
        changed.disk_size = change.disk_size.unwrap_or(self.disk_size);
        if let Some(drafts) = change.shards {
            changed.shards = topology::build(drafts, &self.shards, ids, now);
        }
        let is_rebuilt = changed.kind != self.kind
            || changed.shards != self.shards
            || changed.disk_size.to_bits() != self.disk_size.to_bits();
        if is_rebuilt {
            return Some((changed, TOPOLOGY_TIME));
        }
        (changed.settings != self.settings).then_some((changed, SETTINGS_TIME))
    }

    /// Starts to delete, with or without its backups.
    pub(crate) fn delete(&mut self, retains_backups: bool, now: Timestamp) -> Result<(), Refusal> {
        if self.lifecycle.state() == StateName::Deleting {
            return Err(Refusal::AlreadyRequestedDeletion {
                name: self.name.clone(),
            });
        }
        if self.settings.termination_protection {
            return Err(Refusal::TerminationProtected {
                name: self.name.clone(),
            });
        }
        self.upgrade = None;
        self.retains_backups = retains_backups;
        self.lifecycle.delete(now);
        Ok(())
    }
}
