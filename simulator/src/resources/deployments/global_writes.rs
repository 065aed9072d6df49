//! Global clusters: which collections are spread over zones, and which places are in which zone.

use serde_json::{Map, Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterGlobalWrites", get),
    ("createGroupClusterGlobalWriteManagedNamespace", manage),
    ("deleteGroupClusterGlobalWriteManagedNamespaces", release),
    ("createGroupClusterGlobalWriteCustomZoneMapping", map),
    ("deleteGroupClusterGlobalWriteCustomZoneMapping", unmap),
];

/// The namespaces that are spread.
const NAMESPACES: &str = "managedNamespaces";
/// Places, by their codes, and the ids of their zones.
const ZONES: &str = "customZoneMapping";

/// `GET …/clusters/{clusterName}/globalWrites`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    Ok(shown(state, &context))
}

/// `POST …/globalWrites/managedNamespaces`
pub(crate) fn manage(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let mut namespace = requests::body(&context)?.unwrap_or_default();
    for field in [
        "isCustomShardKeyHashed",
        "isShardKeyUnique",
        "presplitHashedZones",
    ] {
        if namespace[field].is_null() {
            namespace[field] = json!(false);
        }
    }
    Ok(change(state, &context, |settings| {
        let is_same =
            |it: &Value| it["db"] == namespace["db"] && it["collection"] == namespace["collection"];
        if let Some(all) = settings[NAMESPACES].as_array_mut() {
            all.retain(|it| !is_same(it));
            all.push(namespace);
        }
    }))
}

/// `DELETE …/globalWrites/managedNamespaces?db=…&collection=…`
pub(crate) fn release(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let (database, collection) = (call.query.get("db"), call.query.get("collection"));
    Ok(change(state, &context, |settings| {
        if let Some(all) = settings[NAMESPACES].as_array_mut() {
            all.retain(|it| {
                it["db"].as_str() != database || it["collection"].as_str() != collection
            });
        }
    }))
}

/// `POST …/globalWrites/customZoneMapping`
pub(crate) fn map(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let mappings = body["customZoneMappings"].as_array().into_iter().flatten();
    let mut zones = Map::new();
    for (index, mapping) in mappings.enumerate() {
        let shards = cluster.shards.iter();
        let zone = shards
            .map(|it| (&it.zone_name, &it.zone_id))
            .find(|(name, _)| mapping["zone"] == **name);
        let (_, id) = zone.ok_or_else(|| {
            let field = format!("customZoneMappings[{index}].zone");
            ApiError::invalid_attribute(&field, "a zone of the cluster")
        })?;
        let place = mapping["location"].as_str().unwrap_or_default();
        zones.insert(place.to_owned(), json!(id));
    }
    Ok(change(state, &context, |settings| {
        if let Some(all) = settings[ZONES].as_object_mut() {
            all.extend(zones);
        }
    }))
}

/// `DELETE …/globalWrites/customZoneMapping`: all of it
pub(crate) fn unmap(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    Ok(change(state, &context, |settings| {
        settings[ZONES] = json!({});
    }))
}

fn change(state: &mut State, context: &Context<'_>, apply: impl FnOnce(&mut Value)) -> Reply {
    let mut settings = settings(state, context.call);
    apply(&mut settings);
    let kept = Record::new("", settings, context.call.now);
    state.store.put_single(&path(context.call), kept);
    shown(state, context)
}

fn shown(state: &State, context: &Context<'_>) -> Reply {
    generic::answers::reply(context, settings(state, context.call))
}

fn settings(state: &State, call: &Call) -> Value {
    let kept = state.store.single(&path(call));
    kept.map_or_else(
        || json!({ ZONES: {}, NAMESPACES: [], "selfManagedSharding": false }),
        |it| it.document.clone(),
    )
}

fn path(call: &Call) -> String {
    let (project, cluster) = (call.path("groupId"), call.path("clusterName"));
    format!("/groups/{project}/clusters/{cluster}/globalWrites")
}
