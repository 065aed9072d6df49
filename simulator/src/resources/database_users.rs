//! Database users: named by a database and a name, with passwords nobody sees again.

use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic::{self, Context, requests, writing};
use crate::state::State;

/// A certificate with nothing behind it, in the form real ones come in.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVkIGNlcnRpZmljYXRl\n\
    -----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nc2ltdWxhdGVkIGtleQ==\n\
    -----END PRIVATE KEY-----\n";

/// `POST /groups/{groupId}/databaseUsers`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let mut body = requests::body(&context)?.unwrap_or_default();
    let database = body["databaseName"].as_str().unwrap_or("admin").to_owned();
    let name = body["username"].as_str().unwrap_or_default().to_owned();
    let users = state.store.list(&context.collection);
    if users
        .iter()
        .any(|it| it.text("databaseName") == database && it.text("username") == name)
    {
        let detail = format!("The specified user {name} already exists.");
        return Err(ApiError::refused(
            409,
            "USER_ALREADY_EXISTS",
            detail,
            vec![json!(name)],
        ));
    }
    body["databaseName"] = json!(database);
    let mut user = writing::keep(state, &context, &body)?;
    let path = format!("{}/{database}/{name}", call.path);
    for field in ["labels", "scopes"] {
        if user.document.get(field).is_none() {
            user.document[field] = json!([]);
        }
    }
    user.document["groupId"] = json!(call.parameter(0));
    user.document["links"] = json!([{ "href": call.link(&path), "rel": "self" }]);
    if let Some(kept) = state.store.list_mut(&context.collection).last_mut() {
        *kept = user.clone();
    }
    Ok(generic::answers::reply(&context, user.document))
}

/// `POST /groups/{groupId}/databaseUsers/{username}/certs`
pub(crate) fn certificate(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    requests::body(&context)?;
    let mut reply = generic::answers::reply(&context, Value::Null);
    reply.document = None;
    reply.file = Some(CERTIFICATE.into());
    Ok(reply)
}
