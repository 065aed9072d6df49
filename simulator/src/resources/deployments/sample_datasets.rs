//! Jobs that load sample data into a cluster.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context};
use crate::resources::Route;
use crate::state::clock::format_time;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("requestGroupSampleDatasetLoad", load)];

/// `POST /groups/{groupId}/sampleDatasetLoad/{name}`
pub(crate) fn load(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let id = state.ids().next(call.now);
    let document = json!({
        "_id": id,
        "clusterName": call.path("name"),
        "createDate": format_time(call.now),
        "state": "WORKING",
    });
    let load = Record::new(id, document, call.now);
    let loads = state.store.list_mut(&context.collection);
    loads.push(load.clone());
    Ok(generic::item_response(&context, &load))
}
