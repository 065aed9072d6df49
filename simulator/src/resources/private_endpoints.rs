//! Private endpoint services: one a region, with what each cloud says about its own.

use serde_json::json;

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic::{self, Context, requests};
use crate::state::{Record, State};

/// `POST /groups/{groupId}/privateEndpoint/endpointService`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let mut document = json!({
        "cloudProvider": body["providerName"],
        "errorMessage": null,
        "id": id,
        "regionName": body["region"],
        "status": "INITIATING",
    });
    let own = match body["providerName"].as_str() {
        Some("AZURE") => json!({
            "privateEndpoints": [],
            "privateLinkServiceName": null,
            "privateLinkServiceResourceId": null,
        }),
        Some("GCP") => json!({
            "endpointGroupNames": [],
            "portMappingEnabled": false,
            "serviceAttachmentNames": [],
        }),
        _ => json!({
            "endpointServiceName": null,
            "interfaceEndpoints": [],
            "supportedRemoteRegions": null,
        }),
    };
    if let (Some(document), Some(own)) = (document.as_object_mut(), own.as_object()) {
        document.extend(own.clone());
    }
    let service = Record::new(id, document, call.now);
    let services = state.store.list_mut(&context.collection);
    services.push(service.clone());
    Ok(generic::shown(state, &context, &service))
}
