//! Schedules of version 2023-01-01, whose copy settings have a replication spec id instead of a
//! zone id.

use serde_json::{Value, json};

use crate::call::Call;
use crate::call::error::ApiError;
use crate::state::State;

/// The version with `replicationSpecId`.
const API_2023_01: &str = "2023-01-01";
const ZONE_FIELD: &str = "zoneId";
const SPECIFICATION_FIELD: &str = "replicationSpecId";

/// Pairs of zone id and replication spec id of a cluster; `None` for newer versions.
pub(super) struct Zones(Option<Vec<(String, String)>>);

impl Zones {
    pub(super) fn new(state: &State, call: &Call) -> Result<Self, ApiError> {
        let cluster = state
            .project(call.path("groupId"))?
            .cluster(call.path("clusterName"))?;
        let shards = cluster.shards.iter();
        let zones = shards.map(|shard| (shard.zone_id.clone(), shard.spec_id.clone()));
        Ok(Self((call.version == API_2023_01).then(|| zones.collect())))
    }

    /// Replaces replication spec ids of a request with zone ids.
    pub(super) fn parse(&self, body: Value) -> Value {
        self.replace_ids(
            body,
            SPECIFICATION_FIELD,
            ZONE_FIELD,
            |(zone, specification)| (specification, zone),
        )
    }

    /// Replaces zone ids with replication spec ids for a response.
    pub(super) fn to_response(&self, document: Value) -> Value {
        self.replace_ids(
            document,
            ZONE_FIELD,
            SPECIFICATION_FIELD,
            |(zone, specification)| (zone, specification),
        )
    }

    fn replace_ids(
        &self,
        mut document: Value,
        from: &str,
        to: &str,
        order: impl Fn(&(String, String)) -> (&String, &String),
    ) -> Value {
        let copies = document
            .get_mut("copySettings")
            .and_then(Value::as_array_mut);
        let (Some(zones), Some(copies)) = (&self.0, copies) else {
            return document;
        };
        for copy in copies.iter_mut().filter_map(Value::as_object_mut) {
            let Some(id) = copy.remove(from) else {
                continue;
            };
            let mut pairs = zones.iter().map(&order);
            let pair = pairs.find(|(known, _)| id == known.as_str());
            copy.insert(to.to_owned(), pair.map_or(id, |(_, new)| json!(new)));
        }
        document
    }
}
