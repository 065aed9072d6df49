//! Encryption at rest of a project.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(crate) const ROUTES: &[Route] = &[
    ("getGroupEncryptionAtRest", get),
    ("updateGroupEncryptionAtRest", update),
];

/// Each cloud provider and its field in the settings.
const PROVIDER_FIELDS: [(&str, &str); 3] = [
    ("AWS", "awsKms"),
    ("AZURE", "azureKeyVault"),
    ("GCP", "googleCloudKms"),
];

/// `GET /groups/{groupId}/encryptionAtRest`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let response = generic::respond(state, call)?;
    Ok(complete(response))
}

/// Adds the settings of all providers to a response. `valid` has the value of `enabled`.
fn complete(mut response: ApiResponse) -> ApiResponse {
    if let Some(document) = &mut response.document {
        for (_, field) in PROVIDER_FIELDS {
            if document[field].is_null() {
                document[field] = json!({ "enabled": false });
            }
            document[field]["valid"] = json!(document[field]["enabled"] == true);
        }
    }
    response
}

/// `PATCH /groups/{groupId}/encryptionAtRest`
///
/// Rejects a request that disables a provider that a cluster uses.
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let project = state.project(call.path("groupId"))?;
    for (provider, field) in PROVIDER_FIELDS {
        let mut clusters = project.clusters.iter();
        let is_used = clusters.any(|cluster| cluster.settings.encryption_provider == provider);
        if is_used && body[field]["enabled"] == false {
            let code = "CANNOT_DISABLE_ENCRYPTION_AT_REST";
            return Err(ApiError::from_code_without_parameters(code));
        }
    }
    let response = generic::respond(state, call)?;
    Ok(complete(response))
}

/// Returns `true` if encryption at rest with a cloud provider's keys is enabled for a project.
pub(super) fn is_enabled(state: &State, project: &str, provider: &str) -> bool {
    let settings = state
        .store
        .single(&format!("/groups/{project}/encryptionAtRest"));
    let field = PROVIDER_FIELDS.iter().find(|(name, _)| *name == provider);
    let enabled = |field| settings.map(|settings| &settings.document[field]["enabled"]);
    field.and_then(|(_, field)| enabled(*field)) == Some(&Value::Bool(true))
}
