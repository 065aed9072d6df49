//! Rules of database users: authentication method, name, password and roles.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::schema::behaviour::{behaviour, parse};
use crate::schema::document::Document;
use crate::state::State;

/// Fields of authentication methods whose users live in `$external`.
const EXTERNAL_METHODS: [&str; 3] = ["awsIAMType", "ldapAuthType", "x509Type"];
/// Value of an unused authentication method.
const UNUSED_METHOD: &str = "NONE";

static RULES: LazyLock<Rules> = LazyLock::new(|| parse(behaviour!("database-users.toml")));

#[derive(Default, Deserialize)]
struct Rules {
    common_passwords: Vec<Names>,
    admin_roles: Vec<Names>,
}

#[derive(Deserialize)]
struct Names {
    names: Vec<String>,
}

fn contains(lists: &[Names], name: &str) -> bool {
    let mut names = lists.iter().flat_map(|list| &list.names);
    names.any(|known| known == name)
}

/// Rejects a name, database, password or lifetime that is invalid for the authentication method.
pub(super) fn check_authentication(
    body: &Value,
    database: &str,
    name: &str,
) -> Result<(), ApiError> {
    if name.trim().is_empty() {
        return Err(ApiError::invalid_attribute("username", "a name"));
    }
    let is_used = |field: &&str| {
        body[*field]
            .as_str()
            .is_some_and(|kind| kind != UNUSED_METHOD)
    };
    // LDAP groups and OIDC principals are valid in `admin` and in `$external`.
    let is_group = body["ldapAuthType"] == "GROUP";
    let is_external = EXTERNAL_METHODS.iter().any(is_used) && !is_group;
    let is_oidc = is_used(&"oidcAuthType");
    match database {
        "$external" if !is_external && !is_group && !is_oidc => {
            let expected = "`admin`, unless the user signs in by X.509, LDAP, IAM or OIDC";
            return Err(ApiError::invalid_attribute("databaseName", expected));
        }
        "admin" if is_external => {
            let detail = "The database of an external user must be $external.";
            return Err(build_user_error(
                "DATABASE_NAME_INVALID_EXTERNAL",
                detail,
                database,
            ));
        }
        _ => {}
    }
    check_name(body, name)?;
    check_password(body)
}

/// Rejects a name without the format that the authentication method requires.
fn check_name(body: &Value, name: &str) -> Result<(), ApiError> {
    let is = |field: &str, kinds: &[&str]| {
        let kind = body[field].as_str().unwrap_or(UNUSED_METHOD);
        kinds.contains(&kind)
    };
    let has_attributes = name.contains(',') || (name.contains('=') && !name.starts_with("CN="));
    if is("x509Type", &["MANAGED"]) {
        if body["deleteAfterDate"].is_string() {
            let detail = "Users with managed X.509 certificates cannot be temporary.";
            return Err(build_user_error(
                "ATLAS_X509_USER_CANNOT_BE_TEMPORARY",
                detail,
                name,
            ));
        }
        if has_attributes {
            let detail = format!(
                "The name {name} of a user with managed X.509 certificates cannot have attributes."
            );
            return Err(build_user_error(
                "ATLAS_MANAGED_X509_NAME_INVALID",
                &detail,
                name,
            ));
        }
    }
    if is("ldapAuthType", &["GROUP", "USER"]) && !is_distinguished_name(name) {
        let detail = format!("The LDAP name {name} is not a distinguished name.");
        return Err(build_user_error("ATLAS_INVALID_LDAP_NAME", &detail, name));
    }
    if is("awsIAMType", &["ROLE", "USER"]) && !name.starts_with("arn:aws") {
        let detail = format!("The name {name} is not an ARN of AWS IAM.");
        return Err(build_user_error("ATLAS_INVALID_AWS_IAM_ARN", &detail, name));
    }
    Ok(())
}

/// Returns `true` for a name such as `CN=app,DC=example`.
fn is_distinguished_name(name: &str) -> bool {
    name.split(',').all(|part| {
        let attribute = part.split_once('=');
        attribute.is_some_and(|(kind, value)| !kind.trim().is_empty() && !value.is_empty())
    })
}

/// Rejects a common password.
pub(super) fn check_password(body: &Value) -> Result<(), ApiError> {
    let password = body["password"].as_str().unwrap_or_default();
    if contains(&RULES.common_passwords, &password.to_lowercase()) {
        let detail = "The specified password is a common password.";
        return Err(ApiError::rejected(
            400,
            "COMMON_PASSWORD",
            detail,
            Vec::new(),
        ));
    }
    Ok(())
}

/// Returns `true` if a role is built in.
pub(crate) fn is_built_in(name: &str) -> bool {
    let document = Document::vendored().ok();
    let role_names = document.map(|document| {
        document
            .schemas()
            .property_values(ROLE_NAME_FIELD.0, ROLE_NAME_FIELD.1)
    });
    !name.starts_with('<') && role_names.is_some_and(|role_names| role_names.contains(&name))
}

/// Schema and field that list the names of built-in roles.
const ROLE_NAME_FIELD: (&str, &str) = ("DatabaseUserRole", "roleName");

/// Rejects roles that are neither built in nor custom roles of the project. Rejects custom roles
/// and admin-only roles in a database other than `admin`.
pub(super) fn check_roles(state: &State, project: &str, body: &Value) -> Result<(), ApiError> {
    let custom_roles = format!("/groups/{project}/customDBRoles/roles");
    for role in body["roles"].as_array().into_iter().flatten() {
        let name = role["roleName"].as_str().unwrap_or_default();
        let is_in_admin = role["databaseName"] == "admin";
        let custom_role = state.store.find(&custom_roles, &["roleName"], name);
        let is_custom = is_in_admin && custom_role.is_some();
        if !is_built_in(name) && !is_custom {
            let detail = "The provided role is not supported.";
            return Err(ApiError::rejected(
                400,
                "UNSUPPORTED_ROLE",
                detail,
                Vec::new(),
            ));
        }
        if contains(&RULES.admin_roles, name) && !is_in_admin {
            let detail = format!("The role {name} is valid in the admin database only.");
            return Err(build_user_error(
                "ATLAS_INVALID_ROLE_DATABASE",
                &detail,
                name,
            ));
        }
    }
    Ok(())
}

fn build_user_error(code: &'static str, detail: &str, value: &str) -> ApiError {
    ApiError::rejected(400, code, detail, vec![json!(value)])
}
