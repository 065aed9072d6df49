//! Failover tests of clusters.

use std::time::Duration;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{Record, State, StateName};

/// The handlers of this module, by operation id.
pub(crate) const ROUTES: &[Route] = &[("restartGroupClusterPrimaries", restart)];

/// Duration of a failover test.
const RESTART_TIME: Duration = Duration::from_mins(1);

/// `POST …/clusters/{clusterName}/restartPrimaries`
pub(crate) fn restart(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let project = state.project(call.path("groupId"))?;
    let cluster = project.cluster(call.path("clusterName"))?;
    if cluster.is_tenant() {
        let code = "TENANT_CLUSTER_TEST_FAILOVER_NOT_SUPPORTED";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if cluster.lifecycle.state() != StateName::Idle {
        return Err(ApiError::from_code_without_parameters(
            "CLUSTER_RESTART_INVALID",
        ));
    }
    let last = state.store.single(&context.collection);
    if last.is_some_and(|last| call.now < after(last.created, RESTART_TIME)) {
        return Err(ApiError::from_code_without_parameters(
            "CLUSTER_RESTART_IN_PROGRESS",
        ));
    }
    let restart = Record::new("", json!({}), call.now);
    state.store.put_single(&context.collection, restart);
    Ok(generic::responses::build(&context, json!({})))
}
