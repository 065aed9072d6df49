//! Network containers. Atlas creates one container for each region of dedicated clusters, but a
//! single container for all regions of GCP.

mod blocks;

use jiff::Timestamp;
use serde_json::{Value, json};

use blocks::{check_block, free_block};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Cluster, Record, Region, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupContainer", create),
    ("updateGroupContainer", update),
    ("deleteGroupContainer", delete),
];

/// `POST /groups/{groupId}/containers`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let call = &add_regions(call);
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    if body["providerName"].is_null() {
        body["providerName"] = json!("AWS");
    }
    check_block(&body)?;
    let containers = state.store.list(&context.collection);
    let location = location_of(&body);
    if containers
        .iter()
        .any(|other| self::location_of(&other.document) == location)
    {
        let project = call.path("groupId");
        return Err(ApiError::from_code("CONTAINER_ALREADY_EXISTS", [project]));
    }
    let mut response = generic::respond(state, call)?;
    let containers = state.store.list_mut(&context.collection);
    let created = containers.last_mut();
    let created = created.map(|container| &mut container.document);
    for document in created.into_iter().chain(&mut response.document) {
        remove_empty_regions(document);
    }
    Ok(response)
}

/// Returns the call with `regions` added to a GCP container. Atlas does not require the field.
fn add_regions(call: &Call) -> Call {
    let mut call = call.clone();
    if let Ok(mut body) = call.object()
        && body.get("providerName") == Some(&json!("GCP"))
    {
        body.entry("regions").or_insert_with(|| json!([]));
        call.body = Value::Object(body).to_string().into();
    }
    call
}

fn remove_empty_regions(document: &mut Value) {
    let is_empty = document["regions"].as_array().is_some_and(Vec::is_empty);
    if let Some(document) = document.as_object_mut().filter(|_| is_empty) {
        document.remove("regions");
    }
}

/// `PATCH /groups/{groupId}/containers/{containerId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let container = generic::find_records(state, &context).into_iter().next();
    let container = container.ok_or_else(|| context.not_found())?;
    let is_changed =
        |field: &str| !body[field].is_null() && body[field] != container.document[field];
    if ["region", "regionName"].into_iter().any(is_changed) {
        let code = "CANNOT_CHANGE_CONTAINER_REGION";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if is_changed("atlasCidrBlock") {
        let mut checked = body.clone();
        checked["providerName"] = container.document["providerName"].clone();
        check_block(&checked)?;
        check_unused(state, call, &container)?;
    }
    generic::respond(state, call)
}

/// `DELETE /groups/{groupId}/containers/{containerId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let container = generic::find_records(state, &context).into_iter().next();
    let container = container.ok_or_else(|| context.not_found())?;
    check_unused(state, call, &container)?;
    generic::respond(state, call)
}

/// Rejects a change of a container that clusters or peering connections use.
fn check_unused(state: &State, call: &Call, container: &Record) -> Result<(), ApiError> {
    let project = state.project(call.path("groupId"))?;
    let location = location_of(&container.document);
    let mut clusters = project.clusters.iter().flat_map(list_regions);
    let peers = format!("/groups/{}/peers", project.id);
    let mut peers = state.store.list(&peers).iter();
    let is_used = clusters.any(|region| location_of_region(&region) == location)
        || peers.any(|peer| peer.string("containerId") == container.key);
    if is_used {
        let reason = format!("Container {} is in use", container.key);
        return Err(ApiError::from_code("CONTAINERS_IN_USE", [reason]));
    }
    Ok(())
}

/// Returns the cloud provider and the region of a container. A GCP container covers all regions.
fn location_of(document: &Value) -> (String, String) {
    let provider = document["providerName"].as_str().unwrap_or("AWS");
    let region = match provider {
        "GCP" => "",
        "AZURE" => document["region"].as_str().unwrap_or_default(),
        _ => document["regionName"].as_str().unwrap_or_default(),
    };
    (provider.to_owned(), region.to_owned())
}

fn location_of_region((provider, region): &(String, String)) -> (String, String) {
    let region = if provider == "GCP" { "" } else { region };
    (provider.clone(), region.to_owned())
}

/// Returns the cloud providers and regions of a dedicated cluster.
pub(crate) fn list_regions(cluster: &Cluster) -> Vec<(String, String)> {
    let regions = cluster.shards.iter().flat_map(|shard| &shard.regions);
    let dedicated = regions.filter(|region: &&Region| !region.is_tenant());
    let mut locations: Vec<_> = dedicated
        .map(|region| (region.provider.clone(), region.name.clone()))
        .collect();
    locations.sort();
    locations.dedup();
    locations
}

/// Creates the missing containers of regions with clusters.
pub(crate) fn provision(
    state: &mut State,
    project: &str,
    regions: &[(String, String)],
    now: Timestamp,
) {
    let collection = format!("/groups/{project}/containers");
    for region in regions {
        let location = location_of_region(region);
        let containers = state.store.list_mut(&collection);
        let existing = containers
            .iter_mut()
            .find(|container| self::location_of(&container.document) == location);
        if let Some(container) = existing {
            create_network(container);
            continue;
        }
        let block = free_block(containers, &location.0);
        let id = state.ids().next(now);
        let mut document = render_network(&location.0, &id);
        document["id"] = json!(id);
        document["atlasCidrBlock"] = json!(block);
        document["providerName"] = json!(location.0);
        match location.0.as_str() {
            "AZURE" => document["region"] = json!(location.1),
            "AWS" => document["regionName"] = json!(location.1),
            _ => {}
        }
        let container = Record::new(id, document, now);
        state.store.list_mut(&collection).push(container);
    }
}

/// Creates the network of a container for a peering connection.
pub(crate) fn provision_for_peer(state: &mut State, project: &str, id: &str) {
    let collection = format!("/groups/{project}/containers");
    if let Some(container) = state.store.find_mut(&collection, &["id"], id) {
        create_network(container);
    }
}

/// Sets the fields of the network of a container.
fn create_network(container: &mut Record) {
    let (provider, _) = location_of(&container.document);
    let network_fields = render_network(&provider, &container.key);
    if let Some(document) = container.document.as_object_mut() {
        document.extend(network_fields.as_object().cloned().unwrap_or_default());
    }
}

/// Creates the containers of the clusters of a seed.
pub(crate) fn seed(state: &mut State, now: Timestamp) {
    let projects = state.projects().iter();
    let regions: Vec<_> = projects
        .map(|project| {
            let regions = project
                .clusters
                .iter()
                .flat_map(list_regions)
                .collect::<Vec<_>>();
            (project.id.clone(), regions)
        })
        .collect();
    for (project, regions) in regions {
        provision(state, &project, &regions, now);
    }
}

/// Returns the fields of a container whose network exists.
fn render_network(provider: &str, id: &str) -> Value {
    let digits = |name: &str, count: usize| {
        let mut digits = derived_id(&format!("{name} {id}"));
        digits.truncate(count);
        digits
    };
    match provider {
        "AZURE" => json!({
            "azureSubscriptionId": digits("subscription", 24),
            "provisioned": true,
            "vnetName": format!("vnet_{id}_{}", digits("vnet", 8)),
        }),
        "GCP" => json!({
            "gcpProjectId": format!("p-{}", digits("project", 24)),
            "networkName": format!("nt-{id}-{}", digits("network", 8)),
            "provisioned": true,
        }),
        _ => json!({
            "provisioned": true,
            "vpcId": format!("vpc-{}", digits("vpc", 17)),
        }),
    }
}
