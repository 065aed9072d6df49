//! Live migrations, their validation, and the link tokens of an organization.
//!
//! A migration is ready for the cutover a few minutes after its creation. The cutover starts with a
//! request.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, responses};
use crate::resources::Route;
use crate::state::clock::after;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("validateGroupLiveMigrations", validate),
    ("createGroupLiveMigration", create),
    ("getGroupLiveMigration", get),
    ("cutoverGroupLiveMigration", cut_over),
    ("createOrgLiveMigrationLinkToken", create_link_token),
    ("deleteOrgLiveMigrationLinkTokens", delete_link_tokens),
    (
        "listOrgLiveMigrationAvailableProjects",
        list_available_projects,
    ),
];

/// Time from the creation of a migration until data is copied.
const START_DELAY: Duration = Duration::from_secs(10);
/// Time from the creation of a migration until it is ready for the cutover.
const COPY_TIME: Duration = Duration::from_mins(5);
/// Time from the cutover until a migration is complete.
const CUTOVER_TIME: Duration = Duration::from_mins(1);
/// Hidden field with the time of the cutover, in seconds.
const CUTOVER_FIELD: &str = "cutover";

/// `POST /groups/{groupId}/liveMigrations/validate`
pub(crate) fn validate(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let document = json!({
        "_id": id,
        "errorMessage": null,
        "groupId": call.path("groupId"),
        "sourceGroupId": body["source"]["groupId"],
        "status": "PENDING",
    });
    let validation = Record::new(id, document.clone(), call.now);
    let validations = format!("/groups/{}/liveMigrations/validate", call.path("groupId"));
    state.store.list_mut(&validations).push(validation);
    Ok(responses::build(&context, document))
}

/// `POST /groups/{groupId}/liveMigrations`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let target = body["destination"]["clusterName"].as_str();
    if let Some(name) = target {
        state.project(call.path("groupId"))?.cluster(name)?;
    }
    let id = state.ids().next(call.now);
    let document = json!({
        "_id": id,
        "lagTimeSeconds": null,
        "migrationHosts": body["migrationHosts"],
    });
    let migration = Record::new(id, document, call.now);
    let response = render_at(&migration, call.now);
    state.store.list_mut(&context.collection).push(migration);
    Ok(responses::build(&context, response))
}

/// `GET /groups/{groupId}/liveMigrations/{liveMigrationId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let migration = find(state, &context, call)?;
    Ok(responses::build(&context, render_at(migration, call.now)))
}

/// `PUT /groups/{groupId}/liveMigrations/{liveMigrationId}/cutover`
pub(crate) fn cut_over(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let migration = find(state, &context, call)?;
    if render_at(migration, call.now)["readyForCutover"] != true {
        // Atlas's error code is not known.
        let detail = "The live migration is not ready for the cutover.";
        let code = "LIVE_MIGRATION_NOT_READY_FOR_CUTOVER";
        return Err(ApiError::rejected(409, code, detail, Vec::new()));
    }
    migration
        .hidden
        .insert(CUTOVER_FIELD.to_owned(), json!(call.now.as_second()));
    Ok(ApiResponse::accepted())
}

fn find<'a>(
    state: &'a mut State,
    context: &Context<'_>,
    call: &Call,
) -> Result<&'a mut Record, ApiError> {
    let migrations = format!("/groups/{}/liveMigrations", call.path("groupId"));
    let id = call.path("liveMigrationId");
    let migration = state.store.find_mut(&migrations, &["_id"], id);
    migration.ok_or_else(|| context.not_found())
}

/// Renders a migration with its status at a time.
fn render_at(migration: &Record, now: Timestamp) -> Value {
    let mut document = migration.document.clone();
    let cutover = migration.hidden.get(CUTOVER_FIELD).and_then(Value::as_i64);
    let cutover = cutover.and_then(|second| Timestamp::from_second(second).ok());
    let is_complete = cutover.is_some_and(|cutover| after(cutover, CUTOVER_TIME) <= now);
    let is_ready = after(migration.created, COPY_TIME) <= now;
    let status = match after(migration.created, START_DELAY) <= now {
        _ if is_complete => "COMPLETE",
        true => "WORKING",
        false => "NEW",
    };
    document["status"] = json!(status);
    document["readyForCutover"] = json!(is_ready && cutover.is_none());
    if is_ready {
        document["lagTimeSeconds"] = json!(0);
    }
    document
}

/// `POST /orgs/{orgId}/liveMigrations/linkTokens`
pub(crate) fn create_link_token(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    requests::parse_body(&context)?;
    let id = state.ids().next(call.now);
    let token = ["a", "b", "c"].map(|part| derived_id(&format!("link token {part} {id}")));
    let document = json!({ "linkToken": token.concat() });
    let record = Record::new("", document.clone(), call.now);
    state.store.put_single(&link_path(call), record);
    Ok(responses::build(&context, document))
}

/// `DELETE /orgs/{orgId}/liveMigrations/linkTokens`
pub(crate) fn delete_link_tokens(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    if state.store.remove_single(&link_path(call)).is_some() {
        return Ok(ApiResponse::no_content());
    }
    // This error has no code.
    let body = json!({
        "detail": "Could not find the requested external organization link.",
        "error": 404,
        "errorCode": null,
        "parameters": null,
        "reason": "Not Found",
    });
    Err(ApiError::with_body(404, "", body))
}

/// `GET /orgs/{orgId}/liveMigrations/availableProjects`
///
/// Returns an empty list, since no organization is linked.
pub(crate) fn list_available_projects(
    state: &mut State,
    call: &Call,
) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    generic::list_response(&context, &[])
}

fn link_path(call: &Call) -> String {
    format!("/orgs/{}/liveMigrations/linkTokens", call.path("orgId"))
}
