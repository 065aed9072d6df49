//! Users in version 2023-01-01, which have all roles in one list, and links.

use serde_json::{Value, json};

use super::collection_path;
use crate::call::{ApiResponse, Call};
use crate::resources::render_link;
use crate::state::{Record, State};

const API_2023_01: &str = "2023-01-01";
/// Fields of later versions.
const LATER_FIELDS: [&str; 5] = [
    "invitationCreatedAt",
    "invitationExpiresAt",
    "inviterUsername",
    "mobileNumber",
    "orgMembershipStatus",
];

/// Converts a list of users to the requested version.
pub(crate) fn convert_response(state: &State, call: &Call, mut reply: ApiResponse) -> ApiResponse {
    let listed = reply
        .document
        .as_mut()
        .filter(|_| call.version == API_2023_01);
    let users = listed.and_then(|document| document["results"].as_array_mut());
    for shown in users.into_iter().flatten() {
        let id = shown["id"].as_str().unwrap_or_default();
        if let Some(user) = state
            .store
            .find(&collection_path(&call.organization), &["id"], id)
        {
            *shown = render_2023_01(user, call);
        }
    }
    reply
}

/// Renders a user with its roles in the organization and in projects.
pub(crate) fn render_2023_01(user: &Record, call: &Call) -> Value {
    let mut document = user.document.clone();
    let path = format!("/api/atlas/v2/users/{}", user.key);
    let related = |name: &str| {
        let relation = format!("https://cloud.mongodb.com/{name}");
        render_link(call, &format!("{path}/{name}"), &relation)
    };
    document["emailAddress"] = document["username"].clone();
    document["roles"] = list_roles(&call.organization, &user.document["roles"]);
    document["links"] = json!([
        render_link(call, &path, "self"),
        related("whitelist"),
        related("accessList")
    ]);
    if let Some(document) = document.as_object_mut() {
        document.retain(|name, _| !LATER_FIELDS.contains(&name.as_str()));
    }
    document
}

fn list_roles(organization: &str, granted: &Value) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut roles = Vec::new();
    for role in list(&granted["orgRoles"]) {
        roles.push(json!({ "orgId": organization, "roleName": role }));
    }
    for assignment in list(&granted["groupRoleAssignments"]) {
        for role in list(&assignment["groupRoles"]) {
            roles.push(json!({ "groupId": assignment["groupId"], "roleName": role }));
        }
    }
    Value::Array(roles)
}
