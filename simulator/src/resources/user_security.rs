//! How database users of a project sign in: LDAP and certificates.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic::{self, Context};
use crate::state::{Record, State};

/// `DELETE /groups/{groupId}/userSecurity/ldap/userToDNMapping`: shows what is left
pub(crate) fn clear_mapping(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let mut context = Context::prepared(state, call)?;
    context.collection = format!("/groups/{}/userSecurity", call.parameter(0));
    "/groups/{groupId}/userSecurity".clone_into(&mut context.plan.collection);
    let settings = state.store.single_mut(&context.collection);
    if let Some(ldap) = settings.and_then(|it| it.document.get_mut("ldap")?.as_object_mut()) {
        ldap.remove("userToDNMapping");
    }
    let kept = state.store.single(&context.collection).cloned();
    let kept = kept.unwrap_or_else(|| Record::new("", json!({}), call.now));
    Ok(generic::shown(state, &context, &kept))
}
