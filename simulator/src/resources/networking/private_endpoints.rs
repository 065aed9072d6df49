//! Private endpoint services: one a region, with what each cloud says about its own, and the endpoints
//! of clients' networks on them.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupPrivateEndpointEndpointService", create),
    ("createGroupPrivateEndpointEndpointServiceEndpoint", connect),
    (
        "deleteGroupPrivateEndpointEndpointServiceEndpoint",
        disconnect,
    ),
    ("deleteGroupPrivateEndpointEndpointService", delete),
];

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
            "portMappingEnabled": body["portMappingEnabled"] == true,
            "serviceAttachmentNames": [],
        }),
        _ => json!({
            "endpointServiceName": null,
            "interfaceEndpoints": [],
            "supportedRemoteRegions": body["supportedRemoteRegions"],
        }),
    };
    if let (Some(document), Some(own)) = (document.as_object_mut(), own.as_object()) {
        document.extend(own.clone());
    }
    let service = Record::new(id, document, call.now);
    let services = state.store.list_mut(&context.collection);
    services.push(service.clone());
    Ok(generic::item_response(&context, &service))
}

/// How a cloud calls an endpoint: the field that names it, the one of the request, and the list of the
/// service that it is in.
struct Naming {
    shown: &'static str,
    asked: &'static str,
    listed: &'static str,
}

impl Naming {
    fn of(cloud: &str) -> Self {
        let (shown, asked, listed) = match cloud {
            "AZURE" => ("privateEndpointResourceId", "id", "privateEndpoints"),
            "GCP" => (
                "endpointGroupName",
                "endpointGroupName",
                "endpointGroupNames",
            ),
            _ => ("interfaceEndpointId", "id", "interfaceEndpoints"),
        };
        Self {
            shown,
            asked,
            listed,
        }
    }
}

/// `POST …/endpointService/{endpointServiceId}/endpoint`
pub(crate) fn connect(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let cloud = call.path("cloudProvider");
    let naming = Naming::of(cloud);
    let name = body[naming.asked].as_str();
    let name = name.ok_or_else(|| ApiError::missing_attribute(naming.asked))?;
    let existing = &state.store;
    if existing
        .find(&context.collection, &[naming.shown], name)
        .is_some()
    {
        return Err(ApiError::already_exists("PRIVATE_ENDPOINT", name));
    }
    let mut document = json!({ "cloudProvider": cloud, "deleteRequested": false });
    document[naming.shown] = json!(name);
    match cloud {
        "AZURE" => {
            document["privateEndpointIPAddress"] = body["privateEndpointIPAddress"].clone();
            document["status"] = json!("INITIATING");
        }
        "GCP" => {
            let rules = body["endpoints"].as_array().into_iter().flatten();
            let rules = rules.map(|rule| {
                json!({
                    "endpointName": rule["endpointName"],
                    "ipAddress": rule["ipAddress"],
                    "status": "INITIATING",
                })
            });
            document["endpoints"] = rules.collect();
            document["gcpProjectId"] = body["gcpProjectId"].clone();
            document["status"] = json!("INITIATING");
        }
        _ => document["connectionStatus"] = json!("PENDING_ACCEPTANCE"),
    }
    let endpoint = Record::new(name, document, call.now);
    let endpoints = state.store.list_mut(&context.collection);
    endpoints.push(endpoint.clone());
    list_endpoints(state, call, &context.collection);
    Ok(generic::item_response(&context, &endpoint))
}

/// `DELETE …/endpointService/{endpointServiceId}/endpoint/{endpointId}`
pub(crate) fn disconnect(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let reply = generic::respond(state, call)?;
    let endpoints = Context::of(call)?.collection;
    list_endpoints(state, call, &endpoints);
    Ok(reply)
}

/// `DELETE …/endpointService/{endpointServiceId}`: its endpoints have to go first
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let service = call.path("endpointServiceId");
    let endpoints = format!("{}/{service}/endpoint", context.collection);
    if !state.store.list(&endpoints).is_empty() {
        // The service's own code is not known; this one says what it would.
        return Err(ApiError::rejected(
            409,
            "CANNOT_DELETE_ENDPOINT_SERVICE_WITH_ENDPOINTS",
            "The private endpoint service still has private endpoints.",
            vec![json!(service)],
        ));
    }
    generic::respond(state, call)
}

/// Has a service say which endpoints it has.
fn list_endpoints(state: &mut State, call: &Call, endpoints: &str) {
    let naming = Naming::of(call.path("cloudProvider"));
    let names = state.store.list(endpoints).iter();
    let names: Value = names.map(|it| json!(it.key)).collect();
    let services = endpoints
        .split("/endpointService/")
        .next()
        .unwrap_or_default();
    let services = format!("{services}/endpointService");
    if let Some(service) = state
        .store
        .find_mut(&services, &["id"], call.path("endpointServiceId"))
    {
        service.document[naming.listed] = names;
    }
}
