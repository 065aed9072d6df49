//! Dedicated clusters of `/api/atlas/v2`, in the form each version has.

mod checking;
mod clouds;
mod documents;
mod legacy_documents;
mod legacy_reading;
mod reading;
mod region_documents;
mod regions;

use serde_json::{Value, json};

pub(crate) use checking::{VERSIONS, check_name};
pub(crate) use clouds::{CLOUDS, is_instance_size};
pub(crate) use documents::hosts;

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{Call, Reply};
use crate::generic::requests;
use crate::resources::backups::compliance;
use crate::resources::deployments::pausing;
use crate::resources::{Route, without_empty_tags};
use crate::state::{Cluster, ClusterChange, ClusterDraft, State, StateName};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterStatus", status),
    ("listGroupClusters", list),
    ("getGroupCluster", get),
    ("createGroupCluster", create),
    ("updateGroupCluster", update),
    ("deleteGroupCluster", delete),
];

/// The filter of a list that takes part in its links.
const DELETED: &str = "includeDeletedWithRetainedBackups";

/// The forms a cluster took over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `providerSettings` for the whole cluster: v1.0 and 2023-01-01.
    Legacy,
    /// `replicationSpecs` with `numShards`: 2023-02-01.
    Advanced,
    /// One entry of `replicationSpecs` a shard: 2024-08-05 and later.
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
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let with_deleted = requests::flag(call, DELETED)?;
    let text = with_deleted.to_string();
    let filters = [(DELETED, text.as_str())];
    let deleted = project.retained.iter().filter(|_| with_deleted);
    let clusters = project.clusters.iter().chain(deleted.map(|(_, it)| it));
    let clusters: Vec<_> = clusters.collect();
    page::respond(call, &filters, &clusters, |it| {
        document(it, &project.id, call)
    })
}

/// `GET /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = state.project(call.path("groupId"))?;
    Ok(Reply::ok(document(
        project.cluster(call.path("clusterName"))?,
        &project.id,
        call,
    )))
}

/// `POST /groups/{groupId}/clusters`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let (project, ids) = state.project_mut(call.path("groupId"))?;
    let body = requests::object(call, &Value::Null)?;
    let draft = draft(&Attributes::new(&body), Form::of(call))?;
    checking::check_draft(&draft)?;

    let id = project.id.clone();
    let cluster = project.create_cluster(draft, ids, call.now)?;
    Ok(Reply::created(without_empty_tags(document(
        cluster, &id, call,
    ))))
}

/// `PATCH /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let project = state.project(call.path("groupId"))?;
    let id = project.id.clone();
    let cluster = project.cluster(call.path("clusterName"))?;
    let body = requests::object(call, &document(cluster, &id, call))?;
    let attributes = Attributes::new(&body);
    let change = change(&attributes, Form::of(call), cluster)?;
    checking::check_change(&attributes, &change, cluster)?;
    compliance::check_change(state, &id, cluster, &change)?;

    let (project, ids) = state.project_mut(&id)?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    let was_paused = cluster.lifecycle.is_paused();
    cluster.update(change, ids, call.now)?;
    let is_paused = cluster.lifecycle.is_paused();
    match (was_paused, is_paused) {
        (false, true) => pausing::paused(state, &id, call.path("clusterName")),
        (true, false) => pausing::resumed(state, &id, call.path("clusterName"), call.now),
        _ => {}
    }
    get(state, call)
}

/// `DELETE /groups/{groupId}/clusters/{clusterName}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let retains = requests::flag(call, "retainBackups")?;
    // What a compliance policy keeps outlives the cluster without being asked for.
    let retains = retains || compliance::is_chosen(state, call.path("groupId"));
    let (project, _) = state.project_mut(call.path("groupId"))?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    cluster.delete(retains, call.now)?;
    Ok(Reply::accepted())
}

/// `GET …/clusters/{clusterName}/status`: whether all that was asked for is done
pub(crate) fn status(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let cluster = state
        .project(call.path("groupId"))?
        .cluster(call.path("clusterName"))?;
    let is_done = cluster.lifecycle.state() == StateName::Idle;
    let word = if is_done { "APPLIED" } else { "PENDING" };
    Ok(Reply::ok(json!({ "changeStatus": word })))
}

/// What a flex cluster is to become.
pub(crate) fn upgrade(attributes: &Attributes<'_>) -> Result<ClusterChange, ApiError> {
    reading::change(attributes, &[])
}

/// What a free or shared cluster is to become; where nothing is said of servers, none are named.
pub(crate) fn tenant_upgrade(
    attributes: &Attributes<'_>,
    current: &Cluster,
) -> Result<ClusterChange, ApiError> {
    let mut change = legacy_reading::change(attributes, Some(current))?;
    if attributes.object("providerSettings")?.is_none() {
        change.shards = None;
    }
    Ok(change)
}

fn draft(attributes: &Attributes<'_>, form: Form) -> Result<ClusterDraft, ApiError> {
    match form {
        Form::Legacy => legacy_reading::draft(attributes),
        Form::Advanced | Form::Current => reading::draft(attributes),
    }
}

fn change(
    attributes: &Attributes<'_>,
    form: Form,
    current: &Cluster,
) -> Result<ClusterChange, ApiError> {
    match form {
        Form::Legacy => legacy_reading::change(attributes, Some(current)),
        Form::Advanced | Form::Current => reading::change(attributes, &current.shards),
    }
}

pub(crate) fn document(cluster: &Cluster, project: &str, call: &Call) -> Value {
    match Form::of(call) {
        Form::Legacy => legacy_documents::legacy(cluster, project, call),
        Form::Advanced => documents::advanced(cluster, project, call),
        Form::Current => documents::current(cluster, project, call),
    }
}
