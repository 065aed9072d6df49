//! Search nodes of a dedicated cluster: at most one deployment.

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupClusterSearchDeployment", create),
    ("getGroupClusterSearchDeployment", handle),
    ("updateGroupClusterSearchDeployment", handle),
    ("deleteGroupClusterSearchDeployment", handle),
];

/// `POST …/clusters/{clusterName}/search/deployment`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::body(&context)?;
    let name = call.path("clusterName");
    if state
        .project(call.path("groupId"))?
        .cluster(name)?
        .is_tenant()
    {
        // Atlas's error code is unknown.
        return Err(ApiError::rejected(
            400,
            "ATLAS_SEARCH_DEPLOYMENT_UNSUPPORTED_CLUSTER",
            "Search nodes are for dedicated clusters.",
            Vec::new(),
        ));
    }
    if state.store.single(&context.collection).is_some() {
        return Err(ApiError::rejected(
            409,
            "ATLAS_SEARCH_DEPLOYMENT_ALREADY_EXISTS",
            "The cluster has a search deployment already.",
            Vec::new(),
        ));
    }
    generic::respond(state, call)
}

/// `GET`, `PATCH` and `DELETE` of the deployment
pub(crate) fn handle(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::body(&context)?;
    if state.store.single(&context.collection).is_none() {
        return Err(ApiError::rejected(
            404,
            "ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST",
            "The cluster has no search deployment.",
            Vec::new(),
        ));
    }
    generic::respond(state, call)
}
