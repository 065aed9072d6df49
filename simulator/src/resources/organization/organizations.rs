//! Organizations.

use serde_json::{Value, json};

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{Context, requests};
use crate::resources::access::{api_keys, service_accounts};
use crate::resources::organization::{cloud_users, projects};
use crate::resources::{Route, render_link};
use crate::state::{Organization, Project, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listOrgs", list),
    ("getOrg", get),
    ("createOrg", create),
    ("deleteOrg", delete),
    ("updateOrg", update),
    ("getOrgGroups", projects),
];

/// `GET /orgs`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let name = call.query.get("name").unwrap_or_default();
    let organizations: Vec<_> = visible_organizations(state, call)
        .into_iter()
        .filter(|organization| starts_with(&organization.name, name))
        .collect();
    page::respond(call, &[("name", name)], &organizations, |organization| {
        render_document(organization, call)
    })
}

/// Returns the organizations that the caller belongs to.
pub(crate) fn visible_organizations<'a>(state: &'a State, call: &Call) -> Vec<&'a Organization> {
    let organizations = state.organizations().iter();
    organizations
        .filter(|organization| call.caller.belongs_to(&organization.id))
        .collect()
}

/// `POST /orgs`
///
/// Creates an organization, and the API key and the service account that the body requests.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let name = projects::check_name(body["name"].as_str().unwrap_or_default())?;
    let skips_alerts = body["skipDefaultAlertsSettings"] == true;
    service_accounts::check_lifetime(&body["serviceAccount"])?;
    let owner = body["orgOwnerId"].as_str();
    if let Some(id) = owner.filter(|id| !is_user(state, call, id)) {
        return Err(ApiError::named_not_found("USER", id));
    }

    let organization = state.create_organization(name, skips_alerts, call.now);
    let call = &call.with_organization(&organization.id);
    let owner = derived_id("user owner");
    let mut response = json!({
        "orgOwnerId": body.get("orgOwnerId").unwrap_or(&json!(owner)),
        "organization": render_document(organization, call),
        "skipDefaultAlertsSettings": skips_alerts,
    });
    if let Some(federation) = body.get("federationSettingsId") {
        response["federationSettingsId"] = federation.clone();
    }
    if body["apiKey"].is_object() {
        response["apiKey"] = api_keys::create_with_organization(state, call, &body["apiKey"]);
    }
    let account = &body["serviceAccount"];
    if account.is_object() {
        response["serviceAccount"] = service_accounts::store(state, call, account)?;
    }
    Ok(ApiResponse::created(response).with_organization(&call.organization))
}

/// `DELETE /orgs/{orgId}`
///
/// Deletes an organization with its keys, service accounts, teams and users.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    state.delete_organization(call.path("orgId"))?;
    Ok(ApiResponse::no_content())
}

/// `GET /orgs/{orgId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let organization = state.organization(call.path("orgId"))?;
    Ok(ApiResponse::ok(render_document(organization, call)))
}

/// `PATCH /orgs/{orgId}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let id = call.path("orgId");
    let current = render_document(state.organization(id)?, call);
    let body = requests::parse_object(call, &current)?;
    let attributes = Attributes::new(&body);
    let name = attributes
        .string("name")?
        .map(projects::check_name)
        .transpose()?;
    let skips_alerts = attributes.boolean("skipDefaultAlertsSettings")?;

    let organization = state.change_organization(id, |organization| {
        name.unwrap_or(&organization.name.clone())
            .clone_into(&mut organization.name);
        organization.skips_default_alerts =
            skips_alerts.unwrap_or(organization.skips_default_alerts);
    })?;
    Ok(ApiResponse::ok(render_document(organization, call)))
}

/// `GET /orgs/{orgId}/groups`
pub(crate) fn projects(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    state.organization(call.path("orgId"))?;
    let name = call.query.get("name").unwrap_or_default();
    let projects: Vec<&Project> = projects::visible_projects(state, call)
        .into_iter()
        .filter(|project| project.organization == call.path("orgId"))
        .filter(|project| starts_with(&project.name, name))
        .collect();
    page::respond(call, &[("name", name)], &projects, |project| {
        projects::render_document(project, call)
    })
}

/// Returns `true` if a name starts with a prefix, ignoring case.
fn starts_with(name: &str, prefix: &str) -> bool {
    name.to_lowercase().starts_with(&prefix.to_lowercase())
}

/// Returns `true` if a user of any organization has this id.
fn is_user(state: &mut State, call: &Call, id: &str) -> bool {
    cloud_users::ensure_defaults(state, call);
    let organizations: Vec<_> = state.organizations().iter().collect();
    organizations.iter().any(|organization| {
        let users = cloud_users::collection_path(&organization.id);
        state.store.find(&users, &["id"], id).is_some()
    })
}

fn render_document(organization: &Organization, call: &Call) -> Value {
    let path = format!("/api/atlas/v2/orgs/{}", organization.id);
    let related = |name: &str| {
        let relation = format!("https://cloud.mongodb.com/{name}");
        render_link(call, &format!("{path}/{name}"), &relation)
    };
    json!({
        "id": organization.id,
        "isDeleted": false,
        "links": [render_link(call, &path, "self"), related("groups"), related("teams"), related("users")],
        "name": organization.name,
        "skipDefaultAlertsSettings": organization.skips_default_alerts,
    })
}
