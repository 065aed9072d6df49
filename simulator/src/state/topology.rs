//! What a cluster is made of: shards in zones, each of them in some regions.

use jiff::Timestamp;

use super::{Ids, Region};

/// The shapes a cluster can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClusterType {
    ReplicaSet,
    Sharded,
    GeoSharded,
}

impl ClusterType {
    /// The words on the wire.
    pub(crate) const WORDS: [&'static str; 3] = ["REPLICASET", "SHARDED", "GEOSHARDED"];

    pub(crate) fn read(word: &str) -> Self {
        match word {
            "SHARDED" => Self::Sharded,
            "GEOSHARDED" => Self::GeoSharded,
            _ => Self::ReplicaSet,
        }
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::ReplicaSet => "REPLICASET",
            Self::Sharded => "SHARDED",
            Self::GeoSharded => "GEOSHARDED",
        }
    }
}

/// One shard; a replica set is a single one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shard {
    pub(crate) id: String,
    /// The id shared by the shards of a zone, which older versions show.
    pub(crate) spec_id: String,
    pub(crate) zone_id: String,
    pub(crate) zone_name: String,
    pub(crate) regions: Vec<Region>,
}

/// One or more equal shards as asked for.
#[derive(Clone, Debug)]
pub(crate) struct ShardDraft {
    pub(crate) zone_name: String,
    pub(crate) count: usize,
    pub(crate) regions: Vec<Region>,
}

/// The shards of a draft; ids and zones of `current` are kept by position and name.
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
                .find(|it| it.zone_name == draft.zone_name);
            let (spec_id, zone_id) = match zone {
                Some(zone) => (zone.spec_id.clone(), zone.zone_id.clone()),
                None => (ids.next(now), ids.next(now)),
            };
            let kept = current.get(shards.len()).map(|shard| shard.id.clone());
            shards.push(Shard {
                id: kept.unwrap_or_else(|| ids.next(now)),
                spec_id,
                zone_id,
                zone_name: draft.zone_name.clone(),
                regions: draft.regions.clone(),
            });
        }
    }
    shards
}

/// The disk an instance size comes with, in gigabytes.
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
