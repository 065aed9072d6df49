//! Global clusters: managed namespaces and custom zone mappings.

use serde_json::{Map, Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterGlobalWrites", get),
    (
        "createGroupClusterGlobalWriteManagedNamespace",
        add_namespace,
    ),
    (
        "deleteGroupClusterGlobalWriteManagedNamespaces",
        remove_namespace,
    ),
    (
        "createGroupClusterGlobalWriteCustomZoneMapping",
        add_mappings,
    ),
    (
        "deleteGroupClusterGlobalWriteCustomZoneMapping",
        remove_mappings,
    ),
];

/// Field with the managed namespaces.
const NAMESPACES_FIELD: &str = "managedNamespaces";
/// Field that maps location codes to zone ids.
const ZONE_MAPPING_FIELD: &str = "customZoneMapping";

/// `GET …/clusters/{clusterName}/globalWrites`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    Ok(respond(state, &context))
}

/// `POST …/globalWrites/managedNamespaces`
pub(crate) fn add_namespace(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut namespace = requests::parse_body(&context)?.unwrap_or_default();
    for field in [
        "isCustomShardKeyHashed",
        "isShardKeyUnique",
        "presplitHashedZones",
    ] {
        if namespace[field].is_null() {
            namespace[field] = json!(false);
        }
    }
    let current = find_settings(state, call);
    let is_same = |other: &Value| {
        other["db"] == namespace["db"] && other["collection"] == namespace["collection"]
    };
    let mut namespaces = current[NAMESPACES_FIELD].as_array().into_iter().flatten();
    if namespaces.any(is_same) {
        let string_field = |field: &str| namespace[field].as_str().unwrap_or_default().to_owned();
        let name = format!("{}.{}", string_field("db"), string_field("collection"));
        return Err(ApiError::from_code("DUPLICATE_MANAGED_NAMESPACE", [name]));
    }
    Ok(change_settings(state, &context, |settings| {
        if let Some(all) = settings[NAMESPACES_FIELD].as_array_mut() {
            all.push(namespace);
        }
    }))
}

/// `DELETE …/globalWrites/managedNamespaces?db=…&collection=…`
pub(crate) fn remove_namespace(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let (database, collection) = (call.query.get("db"), call.query.get("collection"));
    Ok(change_settings(state, &context, |settings| {
        if let Some(all) = settings[NAMESPACES_FIELD].as_array_mut() {
            all.retain(|namespace| {
                namespace["db"].as_str() != database
                    || namespace["collection"].as_str() != collection
            });
        }
    }))
}

/// `POST …/globalWrites/customZoneMapping`
pub(crate) fn add_mappings(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let mappings = body["customZoneMappings"].as_array().into_iter().flatten();
    let mut zones = Map::new();
    for (index, mapping) in mappings.enumerate() {
        let shards = cluster.shards.iter();
        let zone = shards
            .map(|shard| (&shard.zone_name, &shard.zone_id))
            .find(|(name, _)| mapping["zone"] == **name);
        let (_, id) = zone.ok_or_else(|| {
            let field = format!("customZoneMappings[{index}].zone");
            ApiError::invalid_attribute(&field, "a zone of the cluster")
        })?;
        let location = mapping["location"].as_str().unwrap_or_default();
        zones.insert(location.to_owned(), json!(id));
    }
    Ok(change_settings(state, &context, |settings| {
        if let Some(all) = settings[ZONE_MAPPING_FIELD].as_object_mut() {
            all.extend(zones);
        }
    }))
}

/// `DELETE …/globalWrites/customZoneMapping`
///
/// Removes all mappings.
pub(crate) fn remove_mappings(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    Ok(change_settings(state, &context, |settings| {
        settings[ZONE_MAPPING_FIELD] = json!({});
    }))
}

fn change_settings(
    state: &mut State,
    context: &Context<'_>,
    apply: impl FnOnce(&mut Value),
) -> ApiResponse {
    let mut settings = find_settings(state, context.call);
    apply(&mut settings);
    let record = Record::new("", settings, context.call.now);
    state.store.put_single(&settings_path(context.call), record);
    respond(state, context)
}

fn respond(state: &State, context: &Context<'_>) -> ApiResponse {
    generic::responses::build(context, find_settings(state, context.call))
}

fn find_settings(state: &State, call: &Call) -> Value {
    let record = state.store.single(&settings_path(call));
    record.map_or_else(
        || json!({ ZONE_MAPPING_FIELD: {}, NAMESPACES_FIELD: [], "selfManagedSharding": false }),
        |record| record.document.clone(),
    )
}

fn settings_path(call: &Call) -> String {
    let (project, cluster) = (call.path("groupId"), call.path("clusterName"));
    format!("/groups/{project}/clusters/{cluster}/globalWrites")
}
