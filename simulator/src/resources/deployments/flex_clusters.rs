//! Flex clusters of `/api/atlas/v2`.

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::requests;
use crate::resources::cloud_providers::is_region;
use crate::resources::deployments::clusters::{check_name, check_new_name};
use crate::resources::{Route, read_tags, remove_empty_tags, render_tags};
use crate::state::clock::format_time;
use crate::state::{FlexChange, FlexCluster, FlexDraft, State, StateName, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupFlexClusters", list),
    ("getGroupFlexCluster", get),
    ("createGroupFlexCluster", create),
    ("updateGroupFlexCluster", update),
    ("deleteGroupFlexCluster", delete),
];

const PROVIDERS: [&str; 3] = ["AWS", "AZURE", "GCP"];

/// `GET /groups/{groupId}/flexClusters`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    page::respond(call, &[], &project.flex_clusters, |cluster| {
        render_document(cluster, &project.id)
    })
}

/// `GET /groups/{groupId}/flexClusters/{name}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let project = state.project(call.path("groupId"))?;
    Ok(ApiResponse::ok(render_document(
        project.flex_cluster(call.path("name"))?,
        &project.id,
    )))
}

/// `POST /groups/{groupId}/flexClusters`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let (project, ids) = state.project_mut(call.path("groupId"))?;
    let body = requests::parse_object(call, &Value::Null)?;
    let attributes = Attributes::new(&body);
    let provider = attributes.required_object("providerSettings")?;
    let missing = || ApiError::missing_attribute(&provider.name("backingProviderName"));
    let name = attributes.required_string("name")?;
    check_new_name(project, name)?;
    let draft = FlexDraft {
        name: name.to_owned(),
        provider: provider
            .enum_value("backingProviderName", &PROVIDERS)?
            .ok_or_else(missing)?
            .to_owned(),
        region: provider.required_string("regionName")?.to_owned(),
        tags: read_tags(&attributes, "tags")?.unwrap_or_default(),
        termination_protection: attributes
            .boolean("terminationProtectionEnabled")?
            .unwrap_or_default(),
    };

    if !is_region(&draft.provider, &draft.region) {
        let parameters = [draft.region, draft.provider];
        return Err(ApiError::from_code("INVALID_REGION", parameters));
    }

    let id = project.id.clone();
    let cluster = project.create_flex_cluster(draft, ids, call.now)?;
    Ok(ApiResponse::created(remove_empty_tags(render_document(
        cluster, &id,
    ))))
}

/// `PATCH /groups/{groupId}/flexClusters/{name}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let (project, _) = state.project_mut(call.path("groupId"))?;
    let id = project.id.clone();
    let cluster = project.flex_cluster_mut(call.path("name"))?;
    let body = requests::parse_object(call, &render_document(cluster, &id))?;
    let attributes = Attributes::new(&body);
    check_name(&attributes, &cluster.name)?;
    if attributes.boolean("paused")?.is_some() {
        let expected = "left out, since flex clusters cannot be paused";
        return Err(ApiError::invalid_attribute("paused", expected));
    }
    let change = FlexChange {
        tags: read_tags(&attributes, "tags")?,
        termination_protection: attributes.boolean("terminationProtectionEnabled")?,
    };

    cluster.update(change, call.now)?;
    Ok(ApiResponse::ok(render_document(cluster, &id)))
}

/// `DELETE /groups/{groupId}/flexClusters/{name}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let (project, _) = state.project_mut(call.path("groupId"))?;
    project
        .flex_cluster_mut(call.path("name"))?
        .delete(call.path("groupId"), call.now)?;
    Ok(ApiResponse::no_content())
}

/// Renders a flex cluster.
pub(crate) fn render_document(cluster: &FlexCluster, project: &str) -> Value {
    json!({
        "backupSettings": { "enabled": true },
        "clusterType": "REPLICASET",
        "connectionStrings": render_connection_strings(cluster),
        "createDate": format_time(cluster.created),
        "groupId": project,
        "id": cluster.id,
        "mongoDBVersion": "8.0.29",
        "name": cluster.name,
        "providerSettings": {
            "backingProviderName": cluster.provider,
            "diskSizeGB": 5.0,
            "providerName": "FLEX",
            "regionName": cluster.region,
        },
        "stateName": cluster.lifecycle.state().name(),
        "tags": render_tags(&cluster.tags),
        "terminationProtectionEnabled": cluster.termination_protection,
        "versionReleaseSystem": "LTS",
    })
}

/// Renders the connection strings; `standard` is absent during the creation.
fn render_connection_strings(cluster: &FlexCluster) -> Value {
    let code = derived_id(&cluster.id);
    let code = code.get(..7).unwrap_or_default();
    let name = cluster.name.to_lowercase();
    let mut strings =
        json!({ "standardSrv": format!("mongodb+srv://{name}.{code}.mongodb.example") });
    if cluster.lifecycle.state() != StateName::Creating {
        let hosts: Vec<_> = (0..3)
            .map(|node| format!("ac-{code}-shard-00-0{node}.{code}.mongodb.example:27017"))
            .collect();
        strings["standard"] = json!(format!(
            "mongodb://{}/?ssl=true&authSource=admin&replicaSet=atlas-{code}-shard-0",
            hosts.join(",")
        ));
    }
    strings
}
