//! Stream workspaces, and the sample connections that can be created with them.

use serde_json::{Value, json};

use super::connections;
use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::schema::document::Document;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("createGroupStreamWorkspace", create),
    ("withGroupStreamSampleConnections", create_with_samples),
    ("updateGroupStreamWorkspace", update),
];

/// Operation whose schemas and collection `withGroupStreamSampleConnections` shares.
const CREATE_OPERATION: &str = "createGroupStreamWorkspace";

/// `POST /groups/{groupId}/streams`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let has_samples = body["sampleConnections"]["solar"] == true;
    insert(state, &context, &body, has_samples)
}

/// `POST /groups/{groupId}/streams:withSampleConnections`
pub(crate) fn create_with_samples(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut call = call.clone();
    let path = call.request_path.strip_suffix(":withSampleConnections");
    call.request_path = path.unwrap_or(&call.request_path).to_owned();
    let document = Document::vendored().ok();
    let operations = document.map_or(&[][..], Document::operations);
    call.operation = operations
        .iter()
        .find(|operation| operation.id == CREATE_OPERATION);
    let context = Context::prepare(state, &call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    insert(state, &context, &body, true)
}

/// Stores a workspace and its sample connections.
fn insert(
    state: &mut State,
    context: &Context<'_>,
    body: &Value,
    has_samples: bool,
) -> Result<ApiResponse, ApiError> {
    let name = body["name"].as_str().unwrap_or_default();
    if name.is_empty() {
        return Err(ApiError::missing_attribute("name"));
    }
    let mut workspace = writes::insert(state, context, body)?;
    set_hostnames(&mut workspace);
    let workspaces = state.store.list_mut(&context.collection);
    if let Some(last) = workspaces.last_mut() {
        *last = workspace.clone();
    }
    if has_samples {
        let path = format!("{}/{name}/connections", context.collection);
        let sample = connections::build_solar_sample(&workspace, context.call.now);
        state.store.list_mut(&path).push(sample);
    }
    Ok(generic::item_response(context, &workspace))
}

/// `PATCH /groups/{groupId}/streams/{tenantName}`
///
/// Copies `cloudProvider` and `region` from the body into `dataProcessRegion`.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut change = requests::parse_body(&context)?.unwrap_or_default();
    let (project, name) = (call.path("groupId"), call.path("tenantName"));
    let workspaces = format!("/groups/{project}/streams");
    let workspace = state.store.find_mut(&workspaces, &["name"], name);
    let workspace = workspace.ok_or_else(|| context.not_found())?;
    let mut region = workspace.document["dataProcessRegion"].clone();
    if let Some(fields) = change.as_object_mut() {
        for field in ["cloudProvider", "region"] {
            if let Some(value) = fields.remove(field) {
                region[field] = value;
            }
        }
        fields.remove("processorStatus");
        if region.is_object() {
            fields.insert("dataProcessRegion".to_owned(), region);
        }
    }
    workspace.merge(&change, call.now);
    set_hostnames(workspace);
    let workspace = workspace.clone();
    Ok(generic::item_response(&context, &workspace))
}

/// Sets the hostnames of a workspace, which contain its id and its region.
fn set_hostnames(workspace: &mut Record) {
    let id = &workspace.key;
    let code = derived_id(&format!("stream host {id}"));
    let code = code.get(..6).unwrap_or_default();
    let region = workspace.document["dataProcessRegion"]["region"].as_str();
    let region = region.unwrap_or("VIRGINIA_USA").to_lowercase();
    let region = region.replace('_', "-");
    let host = format!("atlas-stream-{id}-{code}.{region}.a.query.mongodb.example");
    workspace.document["hostnames"] = json!([host]);
}
