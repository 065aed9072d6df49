//! Dedicated, free and shared clusters, as each API version represents them.

pub(crate) mod access;
mod addresses;
mod disks;
mod documents;
pub(crate) mod encryption;
pub(crate) mod failover;
mod legacy_documents;
mod legacy_parsing;
mod parsing;
mod private_strings;
mod region_documents;
mod region_parsing;
mod scaling;
mod validation;

use serde_json::{Value, json};

pub(crate) use addresses::{Node, hosts, nodes};
pub(crate) use validation::{VERSIONS, check_name, check_new_name};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::requests;
use crate::resources::backups::compliance;
use crate::resources::deployments::pausing;
use crate::resources::networking::containers;
use crate::resources::{Route, without_empty_tags};
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

/// Query parameter of the list that its links repeat.
const DELETED: &str = "includeDeletedWithRetainedBackups";

/// The forms of a cluster in the versions of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `providerSettings` for the whole cluster: v1.0 and 2023-01-01.
    Legacy,
    /// `replicationSpecs` with `numShards`: 2023-02-01.
    Advanced,
    /// One entry of `replicationSpecs` for each shard: 2024-08-05 and later.
    Current,
}

impl Form {
    fn of(call: &Call) -> Self {
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
    let with_deleted = requests::flag(call, DELETED)?;
    let text = with_deleted.to_string();
    let filters = [(DELETED, text.as_str())];
    let deleted = project.retained.iter().filter(|_| with_deleted);
    let clusters = project
        .clusters
        .iter()
        .chain(deleted.map(|(_, cluster)| cluster));
    let clusters: Vec<_> = clusters.collect();
    page::respond(call, &filters, &clusters, |cluster| {
        document_with_private_strings(state, cluster, &project.id, call)
    })
}

/// `GET /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let cluster = project.cluster(call.path("clusterName"))?;
    let document = document_with_private_strings(state, cluster, &project.id, call);
    Ok(ApiResponse::ok(document))
}

/// `POST /groups/{groupId}/clusters`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let id = project.id.clone();
    let body = requests::object(call, &Value::Null)?;
    let draft = draft(&Attributes::new(&body), Form::of(call))?;
    validation::check_draft(project, &draft)?;
    let mut regions = draft.shards.iter().flat_map(|shard| &shard.regions);
    let is_tenant = regions.any(Region::is_tenant);
    check_encryption(state, &id, &draft.change, is_tenant)?;

    let (project, ids) = state.project_mut(&id)?;
    let cluster = project.create_cluster(draft, ids, call.now)?;
    let document = document(cluster, &id, call);
    let regions = containers::regions(cluster);
    containers::provision(state, &id, &regions, call.now);
    Ok(ApiResponse::created(without_empty_tags(document)))
}

/// `PATCH /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let id = project.id.clone();
    let cluster = project.cluster(call.path("clusterName"))?;
    let body = requests::object(call, &document(cluster, &id, call))?;
    let attributes = Attributes::new(&body);
    let mut change = change(&attributes, Form::of(call), cluster)?;
    change.keeps_hardware = call.shows_requested_specs;
    validation::check_change(&attributes, &change, cluster)?;
    let is_tenant = cluster.is_tenant();
    check_encryption(state, &id, &change, is_tenant)?;
    compliance::check_change(state, &id, cluster, &change)?;

    let (project, ids) = state.project_mut(&id)?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    let was_paused = cluster.lifecycle.is_paused();
    cluster.update(change, ids, call.now)?;
    let regions = containers::regions(cluster);
    let is_paused = cluster.lifecycle.is_paused();
    match (was_paused, is_paused) {
        (false, true) => pausing::on_pause(state, &id, call.path("clusterName")),
        (true, false) => pausing::on_resume(state, &id, call.path("clusterName"), call.now),
        _ => {}
    }
    containers::provision(state, &id, &regions, call.now);
    get(state, call)
}

/// Rejects encryption at rest for a project or a cluster without it.
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
        return Err(ApiError::published_plain(code));
    }
    if !encryption::is_enabled(state, project, provider) {
        let code = "ENCRYPTION_AT_REST_NOT_ENABLED";
        return Err(ApiError::published(code, [project]));
    }
    Ok(())
}

/// `DELETE /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let retains = requests::flag(call, "retainBackups")?;
    // A compliance policy retains the snapshots of deleted clusters.
    let retains = retains || compliance::is_enabled(state, call.path("groupId"));
    let (project, _) = state.project_mut(call.path("groupId"))?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    cluster.delete(call.path("groupId"), retains, call.now)?;
    Ok(ApiResponse::accepted())
}

/// `GET …/clusters/{clusterName}/status`
pub(crate) fn status(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let is_done = cluster.lifecycle.state() == StateName::Idle;
    let word = if is_done { "APPLIED" } else { "PENDING" };
    Ok(ApiResponse::ok(json!({ "changeStatus": word })))
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
pub(crate) fn upgrade(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
    parsing::change(attributes, &[])
}

/// Parses the dedicated cluster that replaces a free or shared one. `shards` is `None` without
/// `providerSettings`.
pub(crate) fn tenant_upgrade(
    attributes: &Attributes<'_>,
    current: &Cluster,
) -> Result<ClusterChange, ApiError> {
    let mut change = legacy_parsing::change(attributes, Some(current))?;
    if attributes.object("providerSettings")?.is_none() {
        change.shards = None;
    }
    Ok(change)
}

fn draft(attributes: &Attributes<'_>, form: Form) -> Result<ClusterDraft, ApiError> {
    match form {
        Form::Legacy => legacy_parsing::draft(attributes),
        Form::Advanced | Form::Current => parsing::draft(attributes),
    }
}

fn change(
    attributes: &Attributes<'_>,
    form: Form,
    current: &Cluster,
) -> Result<ClusterChange, ApiError> {
    match form {
        Form::Legacy => legacy_parsing::change(attributes, Some(current)),
        Form::Advanced | Form::Current => parsing::change(attributes, &current.shards),
    }
}

fn document_with_private_strings(
    state: &State,
    cluster: &Cluster,
    project: &str,
    call: &Call,
) -> Value {
    let mut document = document(cluster, project, call);
    private_strings::add(state, project, cluster, call.now, &mut document);
    document
}

/// Renders a cluster as the requested API version represents it.
pub(crate) fn document(cluster: &Cluster, project: &str, call: &Call) -> Value {
    match Form::of(call) {
        Form::Legacy => legacy_documents::legacy(cluster, project, call),
        Form::Advanced => documents::advanced(cluster, project, call),
        Form::Current => documents::current(cluster, project, call),
    }
}
