//! Upgrades of flex, free and shared clusters to dedicated ones.

use super::{clusters, flex_clusters};
use crate::attributes::Attributes;
use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::state::{ClusterChange, Region, State};

/// `POST /groups/{groupId}/flexClusters:tenantUpgrade`
pub(crate) fn of_flex(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let (project, ids) = state.project_mut(call.parameter(0))?;
    let body = call.object()?;
    let attributes = Attributes::new(&body);
    let name = attributes.required_text("name")?;
    project.flex_cluster(name)?;
    let change = clusters::upgrade(&attributes)?;
    check_dedicated(&change, "replicationSpecs")?;

    let id = project.id.clone();
    let cluster = project.upgrade_flex_cluster(name, change, ids, call.now)?;
    Ok(Reply::ok(flex_clusters::document(cluster, &id)))
}

/// `POST /groups/{groupId}/clusters/tenantUpgrade`
pub(crate) fn of_tenant(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let (project, ids) = state.project_mut(call.parameter(0))?;
    let id = project.id.clone();
    let body = call.object()?;
    let attributes = Attributes::new(&body);
    let cluster = project.cluster_mut(attributes.required_text("name")?)?;
    if !cluster.is_tenant() {
        let expected = "the name of a free or shared cluster";
        return Err(ApiError::invalid_attribute("name", expected));
    }
    let change = clusters::tenant_upgrade(&attributes, cluster)?;
    check_dedicated(&change, "providerSettings.instanceSizeName")?;

    cluster.upgrade(change, ids, call.now)?;
    Ok(Reply::ok(clusters::document(cluster, &id, call)))
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
