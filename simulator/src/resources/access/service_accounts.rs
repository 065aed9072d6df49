//! Service accounts: a client id, and secrets that are shown once.
//!
//! An account belongs to the organization. Each project that the account is assigned to stores a
//! copy with the roles in that project.

use std::ops::RangeInclusive;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::access::access_list;
use crate::state::clock::{after, format_time};
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createOrgServiceAccount", create),
    ("createGroupServiceAccount", create_in_project),
    ("inviteGroupServiceAccount", invite),
    ("updateOrgServiceAccount", update),
    ("updateGroupServiceAccount", update),
    ("deleteOrgServiceAccount", delete),
    ("listOrgServiceAccountAccessList", access_list),
    ("createOrgServiceAccountAccessList", access_list),
    ("deleteOrgServiceAccountAccessListEntry", access_list),
    ("listGroupServiceAccountAccessList", access_list),
    ("createGroupServiceAccountAccessList", access_list),
    ("deleteGroupServiceAccountAccessListEntry", access_list),
    ("createOrgServiceAccountSecret", create_secret),
    ("createGroupServiceAccountSecret", create_secret),
    ("deleteOrgServiceAccountSecret", delete_secret),
    ("deleteGroupServiceAccountSecret", delete_secret),
];

/// Hidden field with the secrets of an account.
pub(crate) const SECRETS: &str = "secrets";
/// Maximum number of secrets of an account.
const MAX_SECRETS: usize = 2;
/// Default lifetime of a secret in hours.
const DEFAULT_LIFETIME: u64 = 8;
/// Secret lifetimes, in hours, that a request can set.
const LIFETIME_RANGE: RangeInclusive<u64> = 8..=8760;

fn collection_path(organization: &str) -> String {
    format!("/orgs/{organization}/serviceAccounts")
}

/// `POST /orgs/{orgId}/serviceAccounts`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let document = store(state, call, &body)?;
    Ok(generic::responses::build(&context, document))
}

/// `POST /groups/{groupId}/serviceAccounts`
///
/// Creates an account in the organization and assigns it to the project.
pub(crate) fn create_in_project(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let mut member = body.clone();
    member["roles"] = json!(["ORG_MEMBER"]);
    let mut document = store(state, call, &member)?;
    document["roles"] = body["roles"].clone();
    let client = document["clientId"].as_str().unwrap_or_default();
    assign_to_project(state, call, client, &body["roles"])?;
    Ok(generic::responses::build(&context, document))
}

/// `POST /groups/{groupId}/serviceAccounts/{clientId}:invite`
pub(crate) fn invite(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::new(call)?;
    state.project(call.path("groupId"))?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let document = assign_to_project(state, call, call.path("clientId"), &body["roles"])?;
    Ok(generic::responses::build(&context, document))
}

/// Stores a copy of an account in the project of the path.
fn assign_to_project(
    state: &mut State,
    call: &Call,
    client: &str,
    roles: &Value,
) -> Result<Value, ApiError> {
    let accounts = collection_path(&call.organization);
    let account = state.store.find(&accounts, &["clientId"], client);
    let account = account.ok_or_else(|| ApiError::named_not_found("SERVICE_ACCOUNT", client))?;
    let mut copy = account.clone();
    copy.document["roles"] = roles.clone();
    let document = copy.document.clone();
    let in_project = format!("/groups/{}/serviceAccounts", call.path("groupId"));
    state.store.remove(&in_project, &["clientId"], client);
    state.store.list_mut(&in_project).push(copy);
    Ok(document)
}

/// Stores a new account and returns its document with the secret.
pub(crate) fn store(state: &mut State, call: &Call, body: &Value) -> Result<Value, ApiError> {
    check_lifetime(body)?;
    let id = state.ids().next(call.now);
    let (secret, masked) = generate_secret(&id, body, call);
    let mut document = json!({
        "clientId": format!("mdb_sa_id_{id}"),
        "createdAt": format_time(call.now),
        "description": body["description"],
        "name": body["name"],
        "roles": body["roles"],
        "secrets": [masked],
    });
    let mut account = Record::new(id, document.clone(), call.now);
    account
        .hidden
        .insert(SECRETS.to_owned(), json!([secret["secret"]]));
    let accounts = collection_path(&call.organization);
    state.store.list_mut(&accounts).push(account);
    document["secrets"] = json!([secret]);
    Ok(document)
}

/// Adds the account that the simulator is configured with to the first organization.
pub(crate) fn add_configured(state: &mut State, client: &str, now: Timestamp) {
    let organization = state.oldest_organization().to_owned();
    let document = json!({
        "clientId": client,
        "createdAt": format_time(now),
        "description": "The account that the simulator is configured with.",
        "name": "simulator",
        "roles": ["ORG_OWNER"],
        "secrets": [],
    });
    let account = Record::new(client, document, now);
    state
        .store
        .list_mut(&collection_path(&organization))
        .push(account);
}

/// `PATCH …/serviceAccounts/{clientId}`
///
/// Replaces the roles in the organization or project of the path. Changes the name and the
/// description in the organization and in all projects.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    find_account(state, &context)?;
    for account in find_copies(state, call.path("clientId")) {
        for field in ["name", "description"] {
            if let Some(value) = body.get(field) {
                account.document[field] = value.clone();
            }
        }
    }
    let account = find_account(state, &context)?;
    if let Some(roles) = body.get("roles") {
        account.document["roles"] = roles.clone();
    }
    Ok(generic::responses::build(
        &context,
        account.document.clone(),
    ))
}

/// `DELETE /orgs/{orgId}/serviceAccounts/{clientId}`
///
/// Deletes an account from the organization and from all of its projects.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    find_account(state, &context)?;
    let client = call.path("clientId");
    let ids = state.projects().iter().map(|project| project.id.clone());
    let lists = ids.map(|id| format!("/groups/{id}/serviceAccounts"));
    for list in lists
        .chain([collection_path(&call.organization)])
        .collect::<Vec<_>>()
    {
        state.store.remove(&list, &["clientId"], client);
    }
    Ok(generic::responses::build(&context, json!({})))
}

/// `POST …/serviceAccounts/{clientId}/secrets`
pub(crate) fn create_secret(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    check_lifetime(&body)?;
    let existing = find_account(state, &context)?.document["secrets"].as_array();
    if existing.map_or(0, Vec::len) >= MAX_SECRETS {
        return Err(ApiError::rejected(
            400,
            "SERVICE_ACCOUNT_SECRET_LIMIT_REACHED",
            "A service account can have at most two secrets.",
            Vec::new(),
        ));
    }
    let id = state.ids().next(call.now);
    let (secret, masked) = generate_secret(&id, &body, call);
    for account in find_copies(state, call.path("clientId")) {
        push(&mut account.document["secrets"], masked.clone());
        if let Some(secrets) = account.hidden.get_mut(SECRETS) {
            push(secrets, secret["secret"].clone());
        }
    }
    Ok(generic::responses::build(&context, secret))
}

/// `DELETE …/serviceAccounts/{clientId}/secrets/{secretId}`
pub(crate) fn delete_secret(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let id = call.path("secretId");
    let secrets = find_account(state, &context)?.document["secrets"].as_array();
    let index = secrets.and_then(|secrets| secrets.iter().position(|secret| secret["id"] == id));
    let index = index.ok_or_else(|| context.not_found())?;
    for account in find_copies(state, call.path("clientId")) {
        for list in [
            &mut account.document["secrets"],
            account.hidden.entry(SECRETS).or_insert(Value::Null),
        ] {
            if let Some(list) = list.as_array_mut().filter(|list| index < list.len()) {
                list.remove(index);
            }
        }
    }
    Ok(generic::responses::build(&context, json!({})))
}

/// `GET` and `POST …/serviceAccounts/{clientId}/accessList`, and `DELETE` of an entry
///
/// An account has one access list: the organization's paths and the project's paths use the same
/// entries.
pub(crate) fn access_list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut context = Context::prepare(state, call)?;
    let accounts = collection_path(&call.organization);
    context.collection = format!("{accounts}/{}/accessList", call.path("clientId"));
    match context.operation.method {
        "POST" => access_list::create_for_account(state, &context),
        "DELETE" => generic::writes::delete(state, &context),
        _ => {
            let entries = generic::find_records(state, &context);
            generic::list_response(&context, &entries)
        }
    }
}

/// Returns the account in the path, from the organization or the project in the path.
fn find_account<'a>(
    state: &'a mut State,
    context: &Context<'_>,
) -> Result<&'a mut Record, ApiError> {
    let client = context.call.path("clientId");
    let suffix = format!("/{client}/secrets");
    let accounts = context.collection.trim_end_matches(suffix.as_str());
    let account = state.store.find_mut(accounts, &["clientId"], client);
    account.ok_or_else(|| ApiError::named_not_found("SERVICE_ACCOUNT", client))
}

/// Returns all copies of an account: the organization's and those of projects.
fn find_copies<'a>(state: &'a mut State, client: &'a str) -> impl Iterator<Item = &'a mut Record> {
    let accounts = state.store.all_mut("/serviceAccounts");
    accounts.filter(move |account| account.string("clientId") == client)
}

/// Rejects a secret lifetime that is out of range.
pub(crate) fn check_lifetime(request: &Value) -> Result<(), ApiError> {
    let field = "secretExpiresAfterHours";
    let hours = request[field].as_u64();
    if hours.is_none_or(|hours| LIFETIME_RANGE.contains(&hours)) {
        return Ok(());
    }
    let (minimum, maximum) = (LIFETIME_RANGE.start(), LIFETIME_RANGE.end());
    Err(ApiError::invalid_attribute(
        field,
        &format!("between {minimum} and {maximum}"),
    ))
}

/// Creates a secret. Returns its document in the response to the creation, and in later responses.
fn generate_secret(id: &str, request: &Value, call: &Call) -> (Value, Value) {
    let hours = request["secretExpiresAfterHours"].as_u64();
    let value = format!("mdb_sa_sk_{}", derived_id(&format!("secret {id}")));
    let tail = value
        .get(value.len().saturating_sub(4)..)
        .unwrap_or_default();
    let lifetime = Duration::from_secs(hours.unwrap_or(DEFAULT_LIFETIME).saturating_mul(3600));
    let document = json!({
        "createdAt": format_time(call.now),
        "expiresAt": format_time(after(call.now, lifetime)),
        "id": derived_id(&format!("secret id {id}")),
    });
    let (mut secret, mut masked) = (document.clone(), document);
    secret["secret"] = json!(value);
    masked["maskedSecretValue"] = json!(format!("mdb_sa_sk_...{tail}"));
    (secret, masked)
}

fn push(list: &mut Value, value: Value) {
    if let Some(list) = list.as_array_mut() {
        list.push(value);
    }
}
