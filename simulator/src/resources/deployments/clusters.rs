//! Dedicated, free and shared clusters in the representation of each API version.

pub(crate) mod access;
mod addresses;
mod disks;
mod documents;
pub(crate) mod encryption;
pub(crate) mod failover;
pub(crate) mod ip_addresses;
mod legacy_documents;
mod legacy_parsing;
mod parsing;
mod private_strings;
mod region_documents;
mod region_parsing;
mod scaling;
mod validation;

use serde_json::{Value, json};

pub(crate) use addresses::{Node, list_hosts, list_nodes};
pub(crate) use validation::{MONGODB_VERSIONS, check_name, check_new_name};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::requests;
use crate::resources::backups::compliance;
use crate::resources::deployments::pausing;
use crate::resources::networking::containers;
use crate::resources::{Route, remove_empty_tags};
use crate::state::{Cluster, ClusterChange, ClusterDraft, Region, State, StateName};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterStatus", status),
    ("autoGroupClusterScalingConfiguration", scaling_mode),
    ("listGroupClusters", list),
    ("getGroupCluster", get),
    ("createGroupCluster", create),
    ("updateGroupCluster", update),
    ("deleteGroupCluster", delete),
];

/// Query parameter that the links of the cluster list repeat.
const INCLUDE_DELETED: &str = "includeDeletedWithRetainedBackups";

/// The representation of a cluster, which depends on the API version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Representation {
    /// `providerSettings` for the whole cluster: v1.0 and 2023-01-01.
    Legacy,
    /// `replicationSpecs` with `numShards`: 2023-02-01.
    Advanced,
    /// One entry of `replicationSpecs` for each shard: 2024-08-05 and later.
    Current,
}

impl Representation {
    fn for_call(call: &Call) -> Self {
        match call.version.as_str() {
            "" | "2023-01-01" => Self::Legacy,
            "2023-02-01" => Self::Advanced,
            _ => Self::Current,
        }
    }
}

/// `GET /groups/{groupId}/clusters`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let with_deleted = requests::parse_flag(call, INCLUDE_DELETED)?;
    let with_deleted_value = with_deleted.to_string();
    let filters = [(INCLUDE_DELETED, with_deleted_value.as_str())];
    let deleted = project.retained.iter().filter(|_| with_deleted);
    let clusters = project
        .clusters
        .iter()
        .chain(deleted.map(|(_, cluster)| cluster));
    let clusters: Vec<_> = clusters.collect();
    page::respond(call, &filters, &clusters, |cluster| {
        render_with_private_endpoints(state, cluster, &project.id, call)
    })
}

/// `GET /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let cluster = project.cluster(call.path("clusterName"))?;
    let document = render_with_private_endpoints(state, cluster, &project.id, call);
    Ok(ApiResponse::ok(document))
}

/// `POST /groups/{groupId}/clusters`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let id = project.id.clone();
    let body = requests::parse_object(call, &Value::Null)?;
    let cluster_draft = parse_draft(&Attributes::new(&body), Representation::for_call(call))?;
    validation::check_draft(project, &cluster_draft)?;
    let mut regions = cluster_draft.shards.iter().flat_map(|shard| &shard.regions);
    let is_tenant = regions.any(Region::is_tenant);
    check_encryption(state, &id, &cluster_draft.change, is_tenant)?;

    let (project, ids) = state.project_mut(&id)?;
    let cluster = project.create_cluster(cluster_draft, ids, call.now)?;
    let document = render_document(cluster, &id, call);
    let regions = containers::list_regions(cluster);
    containers::provision(state, &id, &regions, call.now);
    Ok(ApiResponse::created(remove_empty_tags(document)))
}

/// `PATCH /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let id = project.id.clone();
    let cluster = project.cluster(call.path("clusterName"))?;
    let body = requests::parse_object(call, &render_document(cluster, &id, call))?;
    let attributes = Attributes::new(&body);
    let mut change = parse_change(&attributes, Representation::for_call(call), cluster)?;
    change.is_hardware_fixed = call.is_configured_hardware_requested;
    validation::check_change(&attributes, &change, cluster)?;
    let is_tenant = cluster.is_tenant();
    check_encryption(state, &id, &change, is_tenant)?;
    compliance::check_change(state, &id, cluster, &change)?;

    let (project, ids) = state.project_mut(&id)?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    let was_paused = cluster.lifecycle.is_paused();
    cluster.update(change, ids, call.now)?;
    let regions = containers::list_regions(cluster);
    let is_paused = cluster.lifecycle.is_paused();
    match (was_paused, is_paused) {
        (false, true) => pausing::on_pause(state, &id, call.path("clusterName")),
        (true, false) => pausing::on_resume(state, &id, call.path("clusterName"), call.now),
        _ => {}
    }
    containers::provision(state, &id, &regions, call.now);
    get(state, call)
}

/// Rejects encryption at rest in a free or shared cluster, and in a project that has not enabled it.
fn check_encryption(
    state: &State,
    project: &str,
    change: &ClusterChange,
    is_tenant: bool,
) -> Result<(), ApiError> {
    let provider = change.encryption_provider.as_deref();
    let Some(provider) = provider.filter(|provider| *provider != "NONE") else {
        return Ok(());
    };
    if is_tenant {
        let code = "CANNOT_USE_ENCRYPTION_AT_REST_TENANT";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if !encryption::is_enabled(state, project, provider) {
        let code = "ENCRYPTION_AT_REST_NOT_ENABLED";
        return Err(ApiError::from_code(code, [project]));
    }
    Ok(())
}

/// `DELETE /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let is_retained = requests::parse_flag(call, "retainBackups")?;
    // A compliance policy retains the snapshots of deleted clusters.
    let is_retained = is_retained || compliance::is_enabled(state, call.path("groupId"));
    let (project, _) = state.project_mut(call.path("groupId"))?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    cluster.delete(call.path("groupId"), is_retained, call.now)?;
    Ok(ApiResponse::accepted())
}

/// `GET …/clusters/{clusterName}/status`
pub(crate) fn status(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let is_applied = cluster.lifecycle.state() == StateName::Idle;
    let change_status = if is_applied { "APPLIED" } else { "PENDING" };
    Ok(ApiResponse::ok(json!({ "changeStatus": change_status })))
}

/// `GET …/clusters/{clusterName}/autoScalingConfiguration`
pub(crate) fn scaling_mode(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let cluster = project.cluster(call.path("clusterName"))?;
    let mode = if cluster.has_different_shards() {
        "INDEPENDENT_SHARD_SCALING"
    } else {
        "CLUSTER_WIDE_SCALING"
    };
    Ok(ApiResponse::ok(json!({ "autoScalingMode": mode })))
}

/// Parses the dedicated cluster that replaces a flex cluster.
pub(crate) fn parse_upgrade(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
    parsing::parse_change(attributes, &[])
}

/// Parses the dedicated cluster that replaces a free or shared cluster. `shards` is `None` without
/// `providerSettings`.
pub(crate) fn parse_tenant_upgrade(
    attributes: &Attributes<'_>,
    current: &Cluster,
) -> Result<ClusterChange, ApiError> {
    let mut change = legacy_parsing::parse_change(attributes, Some(current))?;
    if attributes.object("providerSettings")?.is_none() {
        change.shards = None;
    }
    Ok(change)
}

fn parse_draft(
    attributes: &Attributes<'_>,
    representation: Representation,
) -> Result<ClusterDraft, ApiError> {
    match representation {
        Representation::Legacy => legacy_parsing::parse_draft(attributes),
        Representation::Advanced | Representation::Current => parsing::parse_draft(attributes),
    }
}

fn parse_change(
    attributes: &Attributes<'_>,
    representation: Representation,
    current: &Cluster,
) -> Result<ClusterChange, ApiError> {
    match representation {
        Representation::Legacy => legacy_parsing::parse_change(attributes, Some(current)),
        Representation::Advanced | Representation::Current => {
            parsing::parse_change(attributes, &current.shards)
        }
    }
}

fn render_with_private_endpoints(
    state: &State,
    cluster: &Cluster,
    project: &str,
    call: &Call,
) -> Value {
    let mut document = render_document(cluster, project, call);
    private_strings::add(state, project, cluster, call.now, &mut document);
    document
}

/// Renders a cluster in the representation of the requested API version.
pub(crate) fn render_document(cluster: &Cluster, project: &str, call: &Call) -> Value {
    match Representation::for_call(call) {
        Representation::Legacy => legacy_documents::render_2023_01(cluster, project, call),
        Representation::Advanced => documents::render_2023_02(cluster, project, call),
        Representation::Current => documents::render_2024_08(cluster, project, call),
    }
}
