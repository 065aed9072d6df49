//! Third-party integrations: one of each type. The response to a change lists all of them.

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::schema::secrets;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupIntegration", put),
    ("updateGroupIntegration", put),
];

/// Fields that are null while unset, by type of integration.
const NULLABLE: [(&str, &[&str]); 2] = [
    ("DATADOG", &["customEndpoint"]),
    ("WEBHOOK", &["bodyTemplate", "headersTemplate"]),
];

/// `POST` and `PUT /groups/{groupId}/integrations/{integrationType}`
pub(crate) fn put(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut document = requests::body(&context)?.unwrap_or_else(|| json!({}));
    let kind = call.path("integrationType");
    if document["type"].as_str().is_some_and(|text| text != kind) {
        return Err(ApiError::invalid_attribute("type", kind));
    }
    document["type"] = json!(kind);
    secrets::mask("integrations", &mut document);
    let nullable = NULLABLE.iter().find(|(name, _)| *name == kind);
    for field in nullable.map_or(&[][..], |(_, fields)| fields) {
        document[*field] = document[*field].take();
    }
    let id = state.ids().next(call.now);
    let integrations = state.store.list_mut(&context.collection);
    if let Some(existing) = integrations
        .iter_mut()
        .find(|integration| integration.text("type") == kind)
    {
        existing.merge(&document, call.now);
    } else {
        document["id"] = json!(id);
        integrations.push(Record::new(id, document, call.now));
    }
    let all = state.store.list(&context.collection).to_vec();
    generic::list_response(&context, &all)
}
