//! Federation settings of an organization.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic;
use crate::resources::Route;
use crate::resources::organization::identity_providers;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[("getOrgFederationSettings", get)];

/// `GET /orgs/{orgId}/federationSettings`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let mut reply = generic::respond(state, call)?;
    let mappings = format!("/connectedOrgConfigs/{}/roleMappings", call.path("orgId"));
    let mut collections = state.store.below("/federationSettings/");
    let has_mappings =
        collections.any(|(path, records)| path.ends_with(&mappings) && !records.is_empty());
    if let Some(document) = &mut reply.document {
        let federation = document["id"].as_str().unwrap_or_default();
        let provider = identity_providers::saml_okta_id(federation);
        document["hasRoleMappings"] = json!(has_mappings);
        document["identityProviderId"] = json!(provider);
    }
    Ok(reply)
}
