//! Rate limits of AI model groups: defaults of the organization, and overrides that a project sets.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{Context, requests, responses};
use crate::resources::Route;
use crate::schema::behaviour::{behaviour, parse};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupAiModelApiRateLimits", list),
    ("getOrgAiModelApiRateLimits", list),
    (
        "getGroupAiModelApiCloudGeographyModelGroupNameRateLimits",
        get,
    ),
    (
        "getOrgAiModelApiCloudGeographyModelGroupNameRateLimits",
        get,
    ),
    (
        "updateGroupAiModelApiCloudGeographyModelGroupNameRateLimits",
        update,
    ),
    (
        "resetGroupAiModelApiCloudGeographyModelGroupNameRateLimits",
        reset,
    ),
    ("resetGroupAiModelApiRateLimits", reset_all),
];

static MODEL_GROUPS: LazyLock<Groups> = LazyLock::new(|| parse(behaviour!("ai-models.toml")));

#[derive(Default, Deserialize)]
struct Groups {
    group: Vec<ModelGroup>,
}

/// A group of models that share their limits.
#[derive(Deserialize)]
struct ModelGroup {
    name: String,
    models: Vec<String>,
    requests_per_minute: u32,
    tokens_per_minute: u32,
}

/// Fields of a request that set a limit.
const LIMIT_FIELDS: [&str; 2] = ["requestsPerMinuteLimit", "tokensPerMinuteLimit"];

/// `GET …/aiModelApiRateLimits` of a project or an organization
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    all_limits(state, call)
}

/// `GET …/modelGroupNames/{modelGroupName}/rateLimits` of a project or an organization
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let group = find(call)?;
    Ok(responses::build(
        &context,
        render_document(state, call, group),
    ))
}

/// `PATCH …/modelGroupNames/{modelGroupName}/rateLimits`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let group = find(call)?;
    check_limits(call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let path = set_limits_path(call);
    state.store.remove(&path, &[], &group.name);
    let limits =
        json!({ LIMIT_FIELDS[0]: body[LIMIT_FIELDS[0]], LIMIT_FIELDS[1]: body[LIMIT_FIELDS[1]] });
    let record = Record::new(group.name.clone(), limits, call.now);
    state.store.list_mut(&path).push(record);
    Ok(responses::build(
        &context,
        render_document(state, call, group),
    ))
}

/// Rejects limits below 1 with Atlas's error code.
fn check_limits(call: &Call) -> Result<(), ApiError> {
    let body = call.object()?;
    let is_too_low = |field: &&&str| {
        let value = body.get(**field).and_then(Value::as_i64);
        value.is_some_and(|value| value < 1)
    };
    match LIMIT_FIELDS.iter().find(is_too_low) {
        Some(field) => {
            let detail = format!("{field} must be at least 1.");
            let parameters = vec![json!(field)];
            Err(ApiError::rejected(400, "BAD_REQUEST", detail, parameters))
        }
        None => Ok(()),
    }
}

/// `POST …/modelGroupNames/{modelGroupName}/rateLimits:reset`
pub(crate) fn reset(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let group = find(call)?;
    state.store.remove(&set_limits_path(call), &[], &group.name);
    Ok(responses::build(
        &context,
        render_document(state, call, group),
    ))
}

/// `POST /groups/{groupId}/aiModelApiRateLimits:reset`
pub(crate) fn reset_all(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    state.store.list_mut(&set_limits_path(call)).clear();
    all_limits(state, call)
}

/// Returns the store path of the limits that a project has set.
fn set_limits_path(call: &Call) -> String {
    let project = call.find_path("groupId").unwrap_or_default();
    format!("/groups/{project}/aiModelApiRateLimits")
}

fn all_limits(state: &State, call: &Call) -> Result<ApiResponse, ApiError> {
    page::respond(call, &[], &MODEL_GROUPS.group, |group| {
        render_document(state, call, group)
    })
}

/// Returns the model group in the path.
fn find(call: &Call) -> Result<&'static ModelGroup, ApiError> {
    let name = call.path("modelGroupName");
    let group = MODEL_GROUPS.group.iter().find(|group| group.name == name);
    group.ok_or_else(|| ApiError::resource_not_found(&call.request_path))
}

/// Renders the limits of a group: the limits that the project has set, or the defaults.
fn render_document(state: &State, call: &Call, group: &ModelGroup) -> Value {
    let mut document = json!({
        "cloud": "ANY",
        "geography": "ANY",
        "modelGroupName": group.name,
        "modelNames": group.models,
        "requestsPerMinuteLimit": group.requests_per_minute,
        "tokensPerMinuteLimit": group.tokens_per_minute,
    });
    if let Some(limits) = state.store.find(&set_limits_path(call), &[], &group.name) {
        for field in LIMIT_FIELDS {
            document[field] = limits.document[field].clone();
        }
    }
    document
}
