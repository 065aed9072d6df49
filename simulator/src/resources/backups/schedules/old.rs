//! Schedules in their oldest version, where copies name the specification of a zone and not the zone.

use serde_json::{Value, json};

use crate::call::Call;
use crate::call::error::ApiError;
use crate::state::State;

/// The version that has it so.
const OLDEST: &str = "2023-01-01";
const ZONE: &str = "zoneId";
const SPECIFICATION: &str = "replicationSpecId";

/// The ids of a cluster's zones beside those of their specifications; none for newer versions.
pub(super) struct Zones(Option<Vec<(String, String)>>);

impl Zones {
    pub(super) fn of(state: &State, call: &Call) -> Result<Self, ApiError> {
        let cluster = state
            .project(call.path("groupId"))?
            .cluster(call.path("clusterName"))?;
        let shards = cluster.shards.iter();
        let zones = shards.map(|it| (it.zone_id.clone(), it.spec_id.clone()));
        Ok(Self((call.version == OLDEST).then(|| zones.collect())))
    }

    /// What a request says, by zones.
    pub(super) fn read(&self, body: Value) -> Value {
        self.renamed(body, SPECIFICATION, ZONE, |(zone, specification)| {
            (specification, zone)
        })
    }

    /// What an answer says in the version that was asked for.
    pub(super) fn shown(&self, document: Value) -> Value {
        self.renamed(document, ZONE, SPECIFICATION, |(zone, specification)| {
            (zone, specification)
        })
    }

    fn renamed(
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
            let other = pairs.find(|(known, _)| id == known.as_str());
            copy.insert(to.to_owned(), other.map_or(id, |(_, other)| json!(other)));
        }
        document
    }
}
