//! Cloud provider access: roles of cloud providers that a project may assume, listed by provider.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{Context, responses};
use crate::resources::Route;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("listGroupCloudProviderAccess", list)];

/// Providers and the response fields that list their roles.
const LISTS: [(&str, &str); 3] = [
    ("AWS", "awsIamRoles"),
    ("AZURE", "azureServicePrincipals"),
    ("GCP", "gcpServiceAccounts"),
];

/// `GET /groups/{groupId}/cloudProviderAccess`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let schemas = context.document.schemas();
    let fields = schemas.fields(context.response_schema(), None);
    let mut lists = json!({});
    for (provider, list) in LISTS {
        let schema = fields
            .properties
            .get(list)
            .map_or(&Value::Null, |schema| &schema["items"]);
        let roles = state.store.list(&context.collection).iter();
        let roles = roles.filter(|role| role.text("providerName") == provider);
        lists[list] = roles
            .map(|role| responses::render(&context, schema, role))
            .collect();
    }
    Ok(Reply::ok(lists))
}
