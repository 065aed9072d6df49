//! Service accounts: a client id, and secrets that are shown once.
//!
//! An account belongs to the organization. A project it is lent to has a copy of it, with the roles
//! it has there.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::resources::access::access_list;
use crate::state::clock::{after, written};
use crate::state::{Record, State, derived_id};

/// The operations of this module with their handlers.
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

/// Where the secrets of an account are kept, among what is never shown.
pub(crate) const SECRETS: &str = "secrets";
/// The most secrets of an account.
const MOST_SECRETS: usize = 2;
/// How long a secret lasts unless the request says otherwise, in hours.
const LIFETIME: u64 = 8;
/// For how many hours a secret can be good: a year at most.
const LIFETIMES: RangeInclusive<u64> = 8..=8760;

fn collection(organization: &str) -> String {
    format!("/orgs/{organization}/serviceAccounts")
}

/// `POST /orgs/{orgId}/serviceAccounts`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let document = keep(state, call, &body)?;
    Ok(generic::answers::reply(&context, document))
}

/// `POST /groups/{groupId}/serviceAccounts`: the account becomes a member of the organization
pub(crate) fn create_in_project(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let mut member = body.clone();
    member["roles"] = json!(["ORG_MEMBER"]);
    let mut document = keep(state, call, &member)?;
    document["roles"] = body["roles"].clone();
    let client = document["clientId"].as_str().unwrap_or_default();
    lend(state, call, client, &body["roles"])?;
    Ok(generic::answers::reply(&context, document))
}

/// `POST /groups/{groupId}/serviceAccounts/{clientId}:invite`
pub(crate) fn invite(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::of(call)?;
    state.project(call.path("groupId"))?;
    let body = requests::body(&context)?.unwrap_or_default();
    let document = lend(state, call, call.path("clientId"), &body["roles"])?;
    Ok(generic::answers::reply(&context, document))
}

/// Puts a copy of an account into a project.
fn lend(state: &mut State, call: &Call, client: &str, roles: &Value) -> Result<Value, ApiError> {
    let accounts = collection(&call.organization);
    let account = state.store.find(&accounts, &["clientId"], client);
    let account = account.ok_or_else(|| ApiError::thing_not_found("SERVICE_ACCOUNT", client))?;
    let mut copy = account.clone();
    copy.document["roles"] = roles.clone();
    let document = copy.document.clone();
    let lent = format!("/groups/{}/serviceAccounts", call.path("groupId"));
    state.store.remove(&lent, &["clientId"], client);
    state.store.list_mut(&lent).push(copy);
    Ok(document)
}

/// Keeps a new account of the organization; what it gives has the whole secret.
pub(crate) fn keep(state: &mut State, call: &Call, body: &Value) -> Result<Value, ApiError> {
    check_lifetime(body)?;
    let id = state.ids().next(call.now);
    let (secret, kept) = secret(&id, body, call);
    let mut document = json!({
        "clientId": format!("mdb_sa_id_{id}"),
        "createdAt": written(call.now),
        "description": body["description"],
        "name": body["name"],
        "roles": body["roles"],
        "secrets": [kept],
    });
    let mut account = Record::new(id, document.clone(), call.now);
    account
        .hidden
        .insert(SECRETS.to_owned(), json!([secret["secret"]]));
    let accounts = collection(&call.organization);
    state.store.list_mut(&accounts).push(account);
    document["secrets"] = json!([secret]);
    Ok(document)
}

/// `PATCH …/serviceAccounts/{clientId}`: the roles are those at this place, the rest is the account's
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    account(state, &context)?;
    for account in copies(state, call.path("clientId")) {
        for field in ["name", "description"] {
            if let Some(value) = body.get(field) {
                account.document[field] = value.clone();
            }
        }
    }
    let account = account(state, &context)?;
    if let Some(roles) = body.get("roles") {
        account.document["roles"] = roles.clone();
    }
    Ok(generic::answers::reply(&context, account.document.clone()))
}

/// `DELETE /orgs/{orgId}/serviceAccounts/{clientId}`: in its projects as well
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    account(state, &context)?;
    let client = call.path("clientId");
    let ids = state.projects().iter().map(|it| it.id.clone());
    let lists = ids.map(|id| format!("/groups/{id}/serviceAccounts"));
    for list in lists
        .chain([collection(&call.organization)])
        .collect::<Vec<_>>()
    {
        state.store.remove(&list, &["clientId"], client);
    }
    Ok(generic::answers::reply(&context, json!({})))
}

/// `POST …/serviceAccounts/{clientId}/secrets`
pub(crate) fn create_secret(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    check_lifetime(&body)?;
    let existing = account(state, &context)?.document["secrets"].as_array();
    if existing.map_or(0, Vec::len) >= MOST_SECRETS {
        return Err(ApiError::rejected(
            400,
            "SERVICE_ACCOUNT_SECRET_LIMIT_REACHED",
            "A service account can have at most two secrets.",
            Vec::new(),
        ));
    }
    let id = state.ids().next(call.now);
    let (secret, kept) = secret(&id, &body, call);
    for account in copies(state, call.path("clientId")) {
        push(&mut account.document["secrets"], kept.clone());
        if let Some(secrets) = account.hidden.get_mut(SECRETS) {
            push(secrets, secret["secret"].clone());
        }
    }
    Ok(generic::answers::reply(&context, secret))
}

/// `DELETE …/serviceAccounts/{clientId}/secrets/{secretId}`
pub(crate) fn delete_secret(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let id = call.path("secretId");
    let secrets = account(state, &context)?.document["secrets"].as_array();
    let index = secrets.and_then(|all| all.iter().position(|secret| secret["id"] == id));
    let index = index.ok_or_else(|| context.not_found())?;
    for account in copies(state, call.path("clientId")) {
        for list in [
            &mut account.document["secrets"],
            account.hidden.entry(SECRETS).or_insert(Value::Null),
        ] {
            if let Some(list) = list.as_array_mut().filter(|it| index < it.len()) {
                list.remove(index);
            }
        }
    }
    Ok(generic::answers::reply(&context, json!({})))
}

/// `GET` and `POST …/serviceAccounts/{clientId}/accessList`, and `DELETE` of an entry: one list
/// wherever the account is
pub(crate) fn access_list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut context = Context::prepared(state, call)?;
    let accounts = collection(&call.organization);
    context.collection = format!("{accounts}/{}/accessList", call.path("clientId"));
    match context.operation.method {
        "POST" => access_list::create_for_account(state, &context),
        "DELETE" => generic::writing::delete(state, &context),
        _ => {
            let entries = generic::find_records(state, &context);
            generic::list_response(&context, &entries)
        }
    }
}

/// The account of the path, at the place that the path says.
fn account<'a>(state: &'a mut State, context: &Context<'_>) -> Result<&'a mut Record, ApiError> {
    let client = context.call.path("clientId");
    let suffix = format!("/{client}/secrets");
    let accounts = context.collection.trim_end_matches(suffix.as_str());
    let found = state.store.find_mut(accounts, &["clientId"], client);
    found.ok_or_else(|| ApiError::thing_not_found("SERVICE_ACCOUNT", client))
}

/// An account in the organization and in every project it is lent to.
fn copies<'a>(state: &'a mut State, client: &'a str) -> impl Iterator<Item = &'a mut Record> {
    let all = state.store.all_mut("/serviceAccounts");
    all.filter(move |it| it.text("clientId") == client)
}

/// Refuses a secret that would be good for longer than a year, or for no working day.
pub(crate) fn check_lifetime(asked: &Value) -> Result<(), ApiError> {
    let field = "secretExpiresAfterHours";
    let hours = asked[field].as_u64();
    if hours.is_none_or(|it| LIFETIMES.contains(&it)) {
        return Ok(());
    }
    let (least, most) = (LIFETIMES.start(), LIFETIMES.end());
    Err(ApiError::invalid_attribute(
        field,
        &format!("between {least} and {most}"),
    ))
}

/// A new secret as it is shown now, and as it is shown later.
fn secret(id: &str, asked: &Value, call: &Call) -> (Value, Value) {
    let hours = asked["secretExpiresAfterHours"].as_u64();
    let text = format!("mdb_sa_sk_{}", derived_id(&format!("secret {id}")));
    let tail = text.get(text.len().saturating_sub(4)..).unwrap_or_default();
    let lifetime = Duration::from_secs(hours.unwrap_or(LIFETIME).saturating_mul(3600));
    let secret = json!({
        "createdAt": written(call.now),
        "expiresAt": written(after(call.now, lifetime)),
        "id": derived_id(&format!("secret id {id}")),
        "maskedSecretValue": format!("mdb_sa_sk_...{tail}"),
        "secret": text,
    });
    let mut kept = secret.clone();
    if let Some(kept) = kept.as_object_mut() {
        kept.remove("secret");
    }
    (secret, kept)
}

fn push(list: &mut Value, value: Value) {
    if let Some(list) = list.as_array_mut() {
        list.push(value);
    }
}
