//! Private endpoint services and their endpoints, with the fields of each cloud.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Reply};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::{Record, State};

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupPrivateEndpointEndpointService", create),
    (
        "createGroupPrivateEndpointEndpointServiceEndpoint",
        create_endpoint,
    ),
    (
        "deleteGroupPrivateEndpointEndpointServiceEndpoint",
        delete_endpoint,
    ),
    ("deleteGroupPrivateEndpointEndpointService", delete),
];

/// `POST /groups/{groupId}/privateEndpoint/endpointService`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let mut document = json!({
        "cloudProvider": body["providerName"],
        "errorMessage": null,
        "id": id,
        "regionName": body["region"],
        "status": "INITIATING",
    });
    let cloud_fields = match body["providerName"].as_str() {
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
    if let (Some(document), Value::Object(fields)) = (document.as_object_mut(), cloud_fields) {
        document.extend(fields);
    }
    let service = Record::new(id, document, call.now);
    let services = state.store.list_mut(&context.collection);
    services.push(service.clone());
    Ok(generic::item_response(&context, &service))
}

/// The fields with the id of an endpoint, by cloud.
struct IdFields {
    /// Field of the endpoint.
    response: &'static str,
    /// Field of the request.
    request: &'static str,
    /// Field of the service with the ids of its endpoints.
    list: &'static str,
}

impl IdFields {
    fn of_cloud(cloud: &str) -> Self {
        let (response, request, list) = match cloud {
            "AZURE" => ("privateEndpointResourceId", "id", "privateEndpoints"),
            "GCP" => (
                "endpointGroupName",
                "endpointGroupName",
                "endpointGroupNames",
            ),
            _ => ("interfaceEndpointId", "id", "interfaceEndpoints"),
        };
        Self {
            response,
            request,
            list,
        }
    }
}

/// `POST …/endpointService/{endpointServiceId}/endpoint`
pub(crate) fn create_endpoint(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::body(&context)?.unwrap_or_default();
    let cloud = call.path("cloudProvider");
    let fields = IdFields::of_cloud(cloud);
    let name = body[fields.request].as_str();
    let name = name.ok_or_else(|| ApiError::missing_attribute(fields.request))?;
    let existing = &state.store;
    if existing
        .find(&context.collection, &[fields.response], name)
        .is_some()
    {
        return Err(ApiError::already_exists("PRIVATE_ENDPOINT", name));
    }
    let mut document = json!({ "cloudProvider": cloud, "deleteRequested": false });
    document[fields.response] = json!(name);
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
    update_service(state, call, &context.collection);
    Ok(generic::item_response(&context, &endpoint))
}

/// `DELETE …/endpointService/{endpointServiceId}/endpoint/{endpointId}`
pub(crate) fn delete_endpoint(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let response = generic::respond(state, call)?;
    let endpoints = Context::new(call)?.collection;
    update_service(state, call, &endpoints);
    Ok(response)
}

/// `DELETE …/endpointService/{endpointServiceId}`: rejected while it has endpoints
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepare(state, call)?;
    let service = call.path("endpointServiceId");
    let endpoints = format!("{}/{service}/endpoint", context.collection);
    if !state.store.list(&endpoints).is_empty() {
        // Atlas's error code is unknown.
        return Err(ApiError::rejected(
            409,
            "CANNOT_DELETE_ENDPOINT_SERVICE_WITH_ENDPOINTS",
            "The private endpoint service still has private endpoints.",
            vec![json!(service)],
        ));
    }
    generic::respond(state, call)
}

/// Updates the list of endpoints in a service.
fn update_service(state: &mut State, call: &Call, endpoints: &str) {
    let fields = IdFields::of_cloud(call.path("cloudProvider"));
    let endpoint_ids = state.store.list(endpoints).iter();
    let endpoint_ids: Value = endpoint_ids.map(|endpoint| json!(endpoint.key)).collect();
    let services = endpoints
        .split("/endpointService/")
        .next()
        .unwrap_or_default();
    let services = format!("{services}/endpointService");
    if let Some(service) = state
        .store
        .find_mut(&services, &["id"], call.path("endpointServiceId"))
    {
        service.document[fields.list] = endpoint_ids;
    }
}
