//! Upgrades of flex, free and shared clusters to dedicated clusters, and of free clusters to flex
//! clusters.

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::requests;
use crate::resources::Route;
use crate::resources::cloud_providers::CLOUD_PROVIDERS;
use crate::resources::deployments::{clusters, flex_clusters};
use crate::resources::networking::containers;
use crate::state::{ClusterChange, Project, Region, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("tenantGroupFlexClusterUpgrade", upgrade_flex),
    ("upgradeGroupClusterTenantUpgrade", upgrade_tenant),
];

/// Provider and instance size of a flex cluster in an upgrade request.
const FLEX_PROVIDER: &str = "FLEX";

/// `POST /groups/{groupId}/flexClusters:tenantUpgrade`
pub(crate) fn upgrade_flex(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let (project, ids) = state.project_mut(call.path("groupId"))?;
    let body = requests::parse_object(call, &Value::Null)?;
    let attributes = Attributes::new(&body);
    let name = attributes.required_string("name")?;
    project.flex_cluster(name)?;
    let change = clusters::parse_upgrade(&attributes)?;
    check_dedicated(&change, "replicationSpecs")?;

    let id = project.id.clone();
    let cluster = project.upgrade_flex_cluster(name, change, ids, call.now)?;
    let document = flex_clusters::render_document(cluster, &id);
    let regions = cluster.upgrade.as_deref().map(containers::list_regions);
    containers::provision(state, &id, &regions.unwrap_or_default(), call.now);
    Ok(ApiResponse::ok(document))
}

/// `POST /groups/{groupId}/clusters/tenantUpgrade`
pub(crate) fn upgrade_tenant(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let (project, ids) = state.project_mut(call.path("groupId"))?;
    let id = project.id.clone();
    let body = requests::parse_object(call, &Value::Null)?;
    let attributes = Attributes::new(&body);
    let name = attributes.required_string("name")?;
    let cluster = project.cluster_mut(name)?;
    if !cluster.is_tenant() {
        let expected = "the name of a free or shared cluster";
        return Err(ApiError::invalid_attribute("name", expected));
    }
    let provider = attributes.object("providerSettings")?;
    if let Some(provider) = provider
        && provider.string("providerName")? == Some(FLEX_PROVIDER)
    {
        return upgrade_to_flex(project, name, &provider, call);
    }
    let change = clusters::parse_tenant_upgrade(&attributes, cluster)?;
    check_dedicated(&change, "providerSettings.instanceSizeName")?;

    let cluster = cluster.upgrade(change, ids, call.now)?;
    let document = clusters::render_document(cluster, &id, call);
    let regions = containers::list_regions(cluster);
    containers::provision(state, &id, &regions, call.now);
    Ok(ApiResponse::ok(document))
}

/// Replaces a free cluster with a flex cluster, which is listed under `/flexClusters`.
fn upgrade_to_flex(
    project: &mut Project,
    name: &str,
    provider: &Attributes<'_>,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    let size = provider.string("instanceSizeName")?;
    if size.is_some_and(|size| size != FLEX_PROVIDER) {
        let field = provider.name("instanceSizeName");
        return Err(ApiError::invalid_attribute(&field, FLEX_PROVIDER));
    }
    let region = provider.string("regionName")?;
    let backing_provider = provider.enum_value("backingProviderName", &CLOUD_PROVIDERS)?;
    let mut document = clusters::render_document(project.cluster(name)?, &project.id, call);
    let flex = project.upgrade_to_flex(name, backing_provider, region, call.now)?;
    document["stateName"] = json!(flex.lifecycle.state().name());
    document["providerSettings"] = json!({
        "backingProviderName": flex.provider,
        "instanceSizeName": FLEX_PROVIDER,
        "providerName": FLEX_PROVIDER,
        "regionName": flex.region,
    });
    Ok(ApiResponse::ok(document))
}

fn check_dedicated(change: &ClusterChange, field: &str) -> Result<(), ApiError> {
    let shards = change.shards.iter().flatten();
    let mut regions = shards.flat_map(|shard| &shard.regions);
    if regions.any(Region::is_tenant) {
        let expected = "that of a dedicated cluster, such as M10";
        return Err(ApiError::invalid_attribute(field, expected));
    }
    Ok(())
}
