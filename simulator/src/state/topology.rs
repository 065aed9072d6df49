//! What a cluster is made of: shards, their regions, and the nodes in them.

use jiff::Timestamp;

use super::Ids;

/// The priority of the region that is preferred.
pub(crate) const FIRST_PRIORITY: u64 = 7;

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

/// A cloud region of a shard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) provider: String,
    /// The cloud behind a tenant cluster.
    pub(crate) backing_provider: Option<String>,
    pub(crate) name: String,
    pub(crate) priority: u64,
    pub(crate) instance_size: String,
    pub(crate) nodes: Nodes,
    pub(crate) scales_disk: bool,
    pub(crate) scales_compute: bool,
}

/// How many nodes of each kind a region has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nodes {
    pub(crate) electable: u64,
    pub(crate) read_only: u64,
    pub(crate) analytics: u64,
}

/// One or more equal shards as asked for.
#[derive(Clone, Debug)]
pub(crate) struct ShardDraft {
    pub(crate) zone_name: String,
    pub(crate) count: usize,
    pub(crate) regions: Vec<Region>,
}

impl Region {
    /// The first region of a cluster as small as it can be: three nodes that hold data.
    pub(crate) fn smallest(provider: &str, name: &str, instance_size: &str) -> Self {
        Self {
            provider: provider.to_owned(),
            backing_provider: None,
            name: name.to_owned(),
            priority: FIRST_PRIORITY,
            instance_size: instance_size.to_owned(),
            nodes: Nodes {
                electable: 3,
                read_only: 0,
                analytics: 0,
            },
            scales_disk: true,
            scales_compute: false,
        }
    }

    /// Whether it is a slice of a shared server: M0, M2 and M5.
    pub(crate) fn is_tenant(&self) -> bool {
        self.provider == "TENANT"
    }
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
