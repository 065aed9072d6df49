//! The topology of a cluster: shards in zones, each with regions.

use jiff::Timestamp;

use super::{Ids, Region};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClusterType {
    ReplicaSet,
    Sharded,
    GeoSharded,
}

impl ClusterType {
    /// The values of `clusterType`.
    pub(crate) const API_NAMES: [&'static str; 3] = ["REPLICASET", "SHARDED", "GEOSHARDED"];

    /// Parses `clusterType`.
    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "SHARDED" => Self::Sharded,
            "GEOSHARDED" => Self::GeoSharded,
            _ => Self::ReplicaSet,
        }
    }

    /// Returns the value of `clusterType`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ReplicaSet => "REPLICASET",
            Self::Sharded => "SHARDED",
            Self::GeoSharded => "GEOSHARDED",
        }
    }
}

/// A shard. A replica set has one shard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shard {
    pub(crate) id: String,
    /// The id of the zone's replication spec in older API versions.
    pub(crate) spec_id: String,
    pub(crate) zone_id: String,
    pub(crate) zone_name: String,
    pub(crate) regions: Vec<Region>,
}

/// The parsed request for one or more equal shards.
#[derive(Clone, Debug)]
pub(crate) struct ShardDraft {
    pub(crate) zone_name: String,
    pub(crate) count: usize,
    pub(crate) regions: Vec<Region>,
}

/// Builds shards from drafts. Reuses ids from `current`: shard ids by position, zone ids by name.
pub(crate) fn build(
    drafts: Vec<ShardDraft>,
    current: &[Shard],
    ids: &mut Ids,
    now: Timestamp,
) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    for draft in drafts {
        for _ in 0..draft.count {
            let zone = shards
                .iter()
                .chain(current)
                .find(|shard| shard.zone_name == draft.zone_name);
            let (spec_id, zone_id) = match zone {
                Some(zone) => (zone.spec_id.clone(), zone.zone_id.clone()),
                None => (ids.next(now), ids.next(now)),
            };
            let current_id = current.get(shards.len()).map(|shard| shard.id.clone());
            shards.push(Shard {
                id: current_id.unwrap_or_else(|| ids.next(now)),
                spec_id,
                zone_id,
                zone_name: draft.zone_name.clone(),
                regions: draft.regions.clone(),
            });
        }
    }
    shards
}

/// Returns the default disk size of an instance size, in gigabytes.
pub(crate) fn default_disk_size(instance_size: &str) -> f64 {
    let class = instance_size.split('_').next().unwrap_or_default();
    match class.trim_start_matches(['M', 'R']) {
        "0" => 0.5,
        "2" => 2.0,
        "5" => 5.0,
        "10" => 10.0,
        "20" => 20.0,
        "40" if instance_size.contains("_NVME") => 380.0,
        "40" => 80.0,
        "50" => 160.0,
        "60" => 320.0,
        "80" => 750.0,
        _ => 40.0,
    }
}
