//! Search nodes of a dedicated cluster. A cluster has at most one deployment of search nodes.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(crate) const ROUTES: &[Route] = &[
    ("createGroupClusterSearchDeployment", create),
    ("getGroupClusterSearchDeployment", get),
    ("updateGroupClusterSearchDeployment", handle),
    ("deleteGroupClusterSearchDeployment", handle),
];

/// `POST …/clusters/{clusterName}/search/deployment`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::parse_body(&context)?;
    let name = call.path("clusterName");
    if state
        .project(call.path("groupId"))?
        .cluster(name)?
        .is_tenant()
    {
        let code = "ATLAS_SEARCH_DEPLOYMENT_UNSUPPORTED_CLUSTER";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if state.store.single(&context.collection).is_some() {
        let code = "ATLAS_SEARCH_DEPLOYMENT_ALREADY_EXISTS";
        return Err(ApiError::from_code_without_parameters(code));
    }
    generic::respond(state, call)
}

/// The API version in which GET rejects a cluster without a deployment.
const STRICT_VERSION: &str = "2024-05-30";

/// `GET …/clusters/{clusterName}/search/deployment`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let is_absent = state.store.single(&context.collection).is_none();
    if is_absent && call.version != STRICT_VERSION {
        return Ok(ApiResponse::ok(json!({})));
    }
    handle(state, call)
}

/// `PATCH` and `DELETE` of the deployment
pub(crate) fn handle(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::parse_body(&context)?;
    if state.store.single(&context.collection).is_none() {
        let code = "ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST";
        return Err(ApiError::from_code_without_parameters(code));
    }
    generic::respond(state, call)
}
