//! Database users, identified by authentication database and name, and their X.509 certificates.

use std::time::Duration;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::state::clock::{after, format_time};
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupDatabaseUser", create),
    ("updateGroupDatabaseUser", update),
    ("createGroupDatabaseUserCert", create_certificate),
];

/// Validity of a certificate for each requested month.
const MONTH: Duration = Duration::from_hours(30 * 24);

/// A placeholder in the form of a certificate and its key.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVkIGNlcnRpZmljYXRl\n\
    -----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nc2ltdWxhdGVkIGtleQ==\n\
    -----END PRIVATE KEY-----\n";

/// `POST /groups/{groupId}/databaseUsers`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::body(&context)?.unwrap_or_default();
    check_roles(state, &context, &body)?;
    let database = body["databaseName"].as_str().unwrap_or("admin").to_owned();
    let name = body["username"].as_str().unwrap_or_default().to_owned();
    check_authentication(&body, &database, &name)?;
    let users = state.store.list(&context.collection);
    if users
        .iter()
        .any(|user| user.text("databaseName") == database && user.text("username") == name)
    {
        let detail = format!("The specified user {name} already exists.");
        return Err(ApiError::rejected(
            409,
            "USER_ALREADY_EXISTS",
            detail,
            vec![json!(name)],
        ));
    }
    body["databaseName"] = json!(database);
    let mut user = writes::insert(state, &context, &body)?;
    let path = format!("{}/{database}/{name}", call.request_path);
    for field in ["labels", "scopes"] {
        if user.document.get(field).is_none() {
            user.document[field] = json!([]);
        }
    }
    user.document["groupId"] = json!(call.path("groupId"));
    user.document["links"] = json!([{ "href": call.link(&path), "rel": "self" }]);
    if let Some(stored) = state.store.list_mut(&context.collection).last_mut() {
        *stored = user.clone();
    }
    Ok(generic::responses::build(&context, user.document))
}

/// `PATCH /groups/{groupId}/databaseUsers/{databaseName}/{username}`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    check_roles(state, &context, &body)?;
    generic::respond(state, call)
}

/// Fields of authentication methods whose users live in `$external`.
const EXTERNAL: [&str; 3] = ["awsIAMType", "ldapAuthType", "x509Type"];
/// Value of an unused authentication method.
const NONE: &str = "NONE";

/// Rejects a user without a name, or with an authentication database that does not fit the
/// authentication method.
fn check_authentication(body: &Value, database: &str, name: &str) -> Result<(), ApiError> {
    if name.trim().is_empty() {
        return Err(ApiError::invalid_attribute("username", "a name"));
    }
    let is_used = |field: &&str| body[*field].as_str().is_some_and(|kind| kind != NONE);
    // LDAP groups and OIDC principals are valid in `admin` and in `$external`.
    let is_group = body["ldapAuthType"] == "GROUP";
    let is_external = EXTERNAL.iter().any(is_used) && !is_group;
    let is_oidc = is_used(&"oidcAuthType");
    match database {
        "$external" if !is_external && !is_group && !is_oidc => {
            let expected = "`admin`, unless the user signs in by X.509, LDAP, IAM or OIDC";
            Err(ApiError::invalid_attribute("databaseName", expected))
        }
        "admin" if is_external => Err(ApiError::invalid_attribute("databaseName", "$external")),
        _ => Ok(()),
    }
}

/// Rejects roles that are neither built in nor custom roles of the project. The database of custom
/// roles is `admin`.
fn check_roles(state: &State, context: &Context<'_>, body: &Value) -> Result<(), ApiError> {
    let schemas = context.document.schemas();
    let request = context.operation.request.as_ref().unwrap_or(&Value::Null);
    let fields = schemas.fields(request, None);
    let roles = fields.properties.get("roles").copied();
    let role = roles.map(|roles| schemas.resolve(&schemas.resolve(roles)["items"]));
    let words = role.and_then(|role| role["properties"]["roleName"]["enum"].as_array());
    let built_in = words.map(Vec::as_slice).unwrap_or_default();
    let custom_roles = format!(
        "/groups/{}/customDBRoles/roles",
        context.call.path("groupId")
    );
    let is_known = |role: &&Value| {
        let name = role["roleName"].as_str().unwrap_or_default();
        let is_custom = || {
            state
                .store
                .find(&custom_roles, &["roleName"], name)
                .is_some()
        };
        let is_built_in = !name.starts_with('<') && built_in.contains(&role["roleName"]);
        is_built_in || (role["databaseName"] == "admin" && is_custom())
    };
    let mut roles = body["roles"].as_array().into_iter().flatten();
    if roles.all(|role| is_known(&role)) {
        return Ok(());
    }
    let detail = "The provided role is not supported.";
    Err(ApiError::rejected(
        400,
        "UNSUPPORTED_ROLE",
        detail,
        Vec::new(),
    ))
}

/// `POST /groups/{groupId}/databaseUsers/{username}/certs`
pub(crate) fn create_certificate(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let months = body["monthsUntilExpiration"].as_u64().unwrap_or(3);
    let id = state.ids().next(call.now);
    let number = u32::from_str_radix(id.get(16..).unwrap_or_default(), 16).unwrap_or_default();
    let document = json!({
        "_id": number,
        "createdAt": format_time(call.now),
        "groupId": call.path("groupId"),
        "notAfter": format_time(after(call.now, MONTH * u32::try_from(months).unwrap_or(3))),
        "subject": subject(call.path("username")),
    });
    let certificates = state.store.list_mut(&context.collection);
    certificates.push(Record::new(id, document, call.now));
    let mut reply = generic::responses::build(&context, Value::Null);
    reply.document = None;
    reply.file = Some(CERTIFICATE.into());
    Ok(reply)
}

/// Returns the subject of a user's certificate, which can be the user's name.
fn subject(user: &str) -> String {
    if user.starts_with("CN=") {
        user.to_owned()
    } else {
        format!("CN={user}")
    }
}
