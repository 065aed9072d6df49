//! LDAP settings of a project.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, render_link};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("verifyGroupUserSecurityLdap", verify),
    ("deleteGroupUserSecurityLdapUserToDnMapping", clear_mapping),
];

/// `DELETE /groups/{groupId}/userSecurity/ldap/userToDNMapping`: responds with the remaining settings
pub(crate) fn clear_mapping(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut context = Context::prepare(state, call)?;
    context.collection = format!("/groups/{}/userSecurity", call.path("groupId"));
    "/groups/{groupId}/userSecurity".clone_into(&mut context.plan.collection);
    let settings = state.store.single_mut(&context.collection);
    if let Some(ldap) =
        settings.and_then(|settings| settings.document.get_mut("ldap")?.as_object_mut())
    {
        ldap.remove("userToDNMapping");
    }
    let settings = state.store.single(&context.collection).cloned();
    let settings = settings.unwrap_or_else(|| Record::new("", json!({}), call.now));
    Ok(generic::item_response(&context, &settings))
}

/// `POST /groups/{groupId}/userSecurity/ldap/verify`
pub(crate) fn verify(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let document = json!({
        "groupId": call.path("groupId"),
        "links": [render_link(call, &format!("{}/{id}", call.request_path), "self")],
        "request": requests::remove_secrets(&context, &body),
        "requestId": id,
        "status": "PENDING",
        "validations": [],
    });
    let record = Record::new(id, document, call.now);
    let verifications = state.store.list_mut(&context.collection);
    verifications.push(record.clone());
    Ok(generic::item_response(&context, &record))
}
