//! Service accounts: a client id, and secrets that are shown once.

use std::time::Duration;

use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::clock::{after, written};
use crate::error::ApiError;
use crate::generic::{self, Context, requests};
use crate::state::{Record, State, derived_id};

/// Where the secrets of an account are kept, among what is never shown.
pub(crate) const SECRETS: &str = "secrets";

/// `POST /orgs/{orgId}/serviceAccounts` and the same of projects
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let hours = body["secretExpiresAfterHours"].as_u64().unwrap_or(8);
    let (secret, kept) = secret(&id, 0, hours, call);
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
    state.store.list_mut(&context.collection).push(account);
    document["secrets"] = json!([secret]);
    Ok(generic::answers::reply(&context, document))
}

/// `POST …/serviceAccounts/{clientId}/secrets`
pub(crate) fn create_secret(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let hours = body["secretExpiresAfterHours"].as_u64().unwrap_or(8);
    let account = account(state, &context)?;
    let existing = account.document["secrets"].as_array().map_or(0, Vec::len);
    if existing >= 2 {
        return Err(ApiError::refused(
            400,
            "SERVICE_ACCOUNT_SECRET_LIMIT_REACHED",
            "A service account can have at most two secrets.",
            Vec::new(),
        ));
    }
    let (secret, kept) = secret(&account.key, existing + 1, hours, call);
    push(&mut account.document["secrets"], kept);
    if let Some(secrets) = account.hidden.get_mut(SECRETS) {
        push(secrets, secret["secret"].clone());
    }
    Ok(generic::answers::reply(&context, secret))
}

/// `DELETE …/serviceAccounts/{clientId}/secrets/{secretId}`
pub(crate) fn delete_secret(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let id = call.parameter(2).to_owned();
    let account = account(state, &context)?;
    let secrets = account.document["secrets"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let position = secrets.iter().position(|secret| secret["id"] == id);
    let index = position.ok_or_else(|| context.missing())?;
    for list in [
        &mut account.document["secrets"],
        account.hidden.entry(SECRETS).or_insert(Value::Null),
    ] {
        if let Some(list) = list.as_array_mut() {
            list.remove(index);
        }
    }
    Ok(generic::answers::reply(&context, json!({})))
}

fn account<'a>(state: &'a mut State, context: &Context<'_>) -> Result<&'a mut Record, ApiError> {
    let client = context.call.parameter(1);
    let suffix = format!("/{client}/secrets");
    let accounts = context
        .collection
        .trim_end_matches(suffix.as_str())
        .to_owned();
    let found = state.store.find_mut(&accounts, &["clientId"], client);
    found.ok_or_else(|| ApiError::thing_not_found("SERVICE_ACCOUNT", client))
}

/// A new secret as it is shown now, and as it is shown later.
fn secret(id: &str, number: usize, hours: u64, call: &Call) -> (Value, Value) {
    let text = format!("mdb_sa_sk_{}", derived_id(&format!("secret {id} {number}")));
    let tail = text.get(text.len().saturating_sub(4)..).unwrap_or_default();
    let lifetime = Duration::from_secs(hours.saturating_mul(3600));
    let secret = json!({
        "createdAt": written(call.now),
        "expiresAt": written(after(call.now, lifetime)),
        "id": derived_id(&format!("secret id {id} {number}")),
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
