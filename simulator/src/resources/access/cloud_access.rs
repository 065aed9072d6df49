//! Cloud provider access: roles of cloud providers that a project may assume.
//!
//! An AWS role must be authorized with its ARN before it can be used. A GCP service account is
//! usable when its status is `COMPLETE`.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, errors, progress, requests, responses};
use crate::resources::Route;
use crate::schema::unique;
use crate::state::clock::format_time;
use crate::state::{Record, State, derived_digits, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupCloudProviderAccess", list),
    ("getGroupCloudProviderAccess", get),
    ("createGroupCloudProviderAccess", create),
    ("authorizeGroupCloudProviderAccessRole", authorize),
    ("deauthorizeGroupCloudProviderAccessRole", delete),
    ("createGroupBackupExportBucket", create_with_role),
    ("createGroupLogIntegration", create_with_role),
];

/// Path template of the roles of a project.
const TEMPLATE: &str = "/groups/{groupId}/cloudProviderAccess";

/// Providers and the response fields that list their roles.
const LISTS: [(&str, &str); 3] = [
    ("AWS", "awsIamRoles"),
    ("AZURE", "azureServicePrincipals"),
    ("GCP", "gcpServiceAccounts"),
];

/// Fields of requests that refer to a role.
const ROLE_FIELDS: [&str; 2] = ["iamRoleId", "roleId"];

/// Returns the path of a project's roles in the store.
fn collection_path(project: &str) -> String {
    format!("/groups/{project}/cloudProviderAccess")
}

/// `GET /groups/{groupId}/cloudProviderAccess`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut lists = json!({});
    for (provider, list) in LISTS {
        let roles = state.store.list(&context.collection).iter();
        let roles = roles.filter(|role| role.string("providerName") == provider);
        lists[list] = roles.map(|role| render_document(&context, role)).collect();
    }
    Ok(ApiResponse::ok(lists))
}

/// `GET /groups/{groupId}/cloudProviderAccess/{roleId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let role = find(state, call, call.path("roleId"))?;
    Ok(responses::build(&context, render_document(&context, role)))
}

/// `POST /groups/{groupId}/cloudProviderAccess`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let project = call.path("groupId");
    let uuid = |field: &str| {
        let requested = body[field].as_str().map(str::to_owned);
        requested.unwrap_or_else(|| unique(&format!("{field} {id}")))
    };
    let mut role = match body["providerName"].as_str() {
        Some("AWS") => json!({
            "atlasAWSAccountArn": derive_account_arn(project),
            "atlasAssumedRoleExternalId": unique(&format!("external id {id}")),
            "authorizedDate": null,
            "iamAssumedRoleArn": null,
            "roleId": id,
        }),
        Some("AZURE") => json!({
            "_id": id,
            "atlasAzureAppId": uuid("atlasAzureAppId"),
            "lastUpdatedDate": format_time(call.now),
            "servicePrincipalId": uuid("servicePrincipalId"),
            "tenantId": uuid("tenantId"),
        }),
        _ => json!({ "roleId": id }),
    };
    role["createdDate"] = json!(format_time(call.now));
    role["featureUsages"] = json!([]);
    role["providerName"] = body["providerName"].clone();
    let role = Record::new(id, role, call.now);
    let response = render_document(&context, &role);
    state.store.list_mut(&context.collection).push(role);
    Ok(responses::build(&context, response))
}

/// `PATCH /groups/{groupId}/cloudProviderAccess/{roleId}`
pub(crate) fn authorize(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let provider = find(state, call, call.path("roleId"))?.string("providerName");
    let fields: &[&str] = match provider {
        "AWS" if body["iamAssumedRoleArn"].is_null() => {
            return Err(ApiError::missing_attribute("iamAssumedRoleArn"));
        }
        "AWS" => &["iamAssumedRoleArn"],
        "AZURE" => &["atlasAzureAppId", "servicePrincipalId", "tenantId"],
        _ => &[],
    };
    let date = match provider {
        "AWS" => Some("authorizedDate"),
        "AZURE" => Some("lastUpdatedDate"),
        _ => None,
    };
    let roles = collection_path(call.path("groupId"));
    let role = state
        .store
        .find_mut(&roles, &["roleId", "_id"], call.path("roleId"));
    let role = role.ok_or_else(|| context.not_found())?;
    for field in fields.iter().filter(|field| body.get(**field).is_some()) {
        role.document[*field] = body[*field].clone();
    }
    if let Some(date) = date {
        role.document[date] = json!(format_time(call.now));
    }
    let role = role.clone();
    Ok(responses::build(&context, render_document(&context, &role)))
}

/// `DELETE /groups/{groupId}/cloudProviderAccess/{cloudProvider}/{roleId}`
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let id = call.path("roleId");
    let role = find(state, call, id)?;
    if role.string("providerName") != call.path("cloudProvider") {
        return Err(errors::not_found(call, TEMPLATE, "roleId", id));
    }
    let roles = collection_path(call.path("groupId"));
    state.store.remove(&roles, &["roleId", "_id"], id);
    Ok(ApiResponse::no_content())
}

/// Creates a resource that refers to a role. Rejects a role that is not authorized.
pub(crate) fn create_with_role(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    Context::prepare(state, call)?;
    let body = call.object()?;
    let mut ids = ROLE_FIELDS.iter().filter_map(|field| body.get(*field));
    if let Some(id) = ids.find_map(Value::as_str) {
        find_authorized(state, call, id)?;
    }
    generic::respond(state, call)
}

/// Returns an authorized role of the project in the path, or Atlas's error.
pub(crate) fn find_authorized<'a>(
    state: &'a State,
    call: &Call,
    id: &str,
) -> Result<&'a Record, ApiError> {
    let role = find(state, call, id)?;
    if role.string("providerName") == "AWS" && role.document["authorizedDate"].is_null() {
        let detail = format!("The cloud provider access role {id} is not authorized.");
        let code = "CLOUD_PROVIDER_ACCESS_ROLE_NOT_AUTHORIZED";
        return Err(ApiError::rejected(400, code, detail, vec![json!(id)]));
    }
    Ok(role)
}

/// Returns the ARN of the AWS account that Atlas uses for a project.
pub(crate) fn derive_account_arn(project: &str) -> String {
    let account = derived_digits(&format!("AWS account {project}"), 12);
    format!("arn:aws:iam::{account}:root")
}

fn find<'a>(state: &'a State, call: &Call, id: &str) -> Result<&'a Record, ApiError> {
    let roles = collection_path(call.path("groupId"));
    let role = state.store.find(&roles, &["roleId", "_id"], id);
    role.ok_or_else(|| errors::not_found(call, TEMPLATE, "roleId", id))
}

/// Renders a role. A GCP service account has a status, and an email address when it is complete.
fn render_document(context: &Context<'_>, role: &Record) -> Value {
    if role.string("providerName") != "GCP" {
        return role.document.clone();
    }
    let mut document = progress::advance(context, role);
    if document["status"] == "COMPLETE" {
        let project = context.call.path("groupId");
        let account = derived_id(&format!("GCP account {}", role.key));
        let name = account.get(..16).unwrap_or_default();
        let address = format!("mongodb-atlas-{name}@p-{project}.iam.gserviceaccount.com");
        document["gcpServiceAccountForAtlas"] = json!(address);
    }
    document
}
