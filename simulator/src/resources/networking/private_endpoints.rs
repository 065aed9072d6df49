//! Private endpoint services and endpoints, with the fields of each cloud provider.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, responses, writes};
use crate::resources::Route;
use crate::resources::cloud_providers::is_region;
use crate::schema::unique;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("listGroupPrivateEndpointEndpointService", list),
    ("getGroupPrivateEndpointEndpointService", get),
    ("createGroupPrivateEndpointEndpointService", create),
    ("deleteGroupPrivateEndpointEndpointService", delete),
    (
        "createGroupPrivateEndpointEndpointServiceEndpoint",
        create_endpoint,
    ),
    (
        "deleteGroupPrivateEndpointEndpointServiceEndpoint",
        delete_endpoint,
    ),
];

/// Number of service attachments of a GCP service without port mapping.
const SERVICE_ATTACHMENTS: usize = 50;

/// `GET /groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let services = generic::find_records(state, &context);
    if context
        .document
        .schemas()
        .is_page(context.response_schema())
    {
        return page::respond(call, &[], &services, |service| {
            render_document(&context, service)
        });
    }
    let services = services
        .iter()
        .map(|service| render_document(&context, service));
    Ok(responses::build(&context, services.collect()))
}

/// `GET …/endpointService/{endpointServiceId}`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let service = generic::find_records(state, &context).into_iter().next();
    let service = service.ok_or_else(|| service_not_found(call.path("endpointServiceId")))?;
    Ok(responses::build(
        &context,
        render_document(&context, &service),
    ))
}

/// `POST /groups/{groupId}/privateEndpoint/endpointService`
///
/// Creates a service. A region has at most one.
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let provider = body["providerName"].as_str().unwrap_or("AWS");
    let region = body["region"].as_str().unwrap_or_default();
    if !is_region(provider, &atlas_region(region)) {
        return Err(ApiError::from_code("INVALID_REGION", [region, provider]));
    }
    let mut services = state.store.list(&context.collection).iter();
    if services.any(|service| atlas_region(service.string("regionName")) == atlas_region(region)) {
        let code = "PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION";
        return Err(ApiError::from_code(code, [provider, region]));
    }
    let id = state.ids().next(call.now);
    let mut document = json!({
        "cloudProvider": provider,
        "errorMessage": null,
        "id": id,
        "regionName": region,
        "status": "INITIATING",
    });
    document[IdFields::for_provider(provider).list] = json!([]);
    match provider {
        "GCP" => document["portMappingEnabled"] = json!(body["portMappingEnabled"] == true),
        "AWS" => document["supportedRemoteRegions"] = body["supportedRemoteRegions"].clone(),
        _ => {}
    }
    let service = Record::new(id, document, call.now);
    let services = state.store.list_mut(&context.collection);
    services.push(service.clone());
    Ok(responses::build(
        &context,
        self::render_document(&context, &service),
    ))
}

/// Google Cloud regions whose Atlas names differ from the Google Cloud names in more than the spelling.
const GCP_REGIONS: [(&str, &str); 9] = [
    ("asia-east1", "EASTERN_ASIA_PACIFIC"),
    ("asia-northeast1", "NORTHEASTERN_ASIA_PACIFIC"),
    ("asia-southeast1", "SOUTHEASTERN_ASIA_PACIFIC"),
    ("europe-west1", "WESTERN_EUROPE"),
    ("northamerica-northeast1", "NORTH_AMERICA_NORTHEAST_1"),
    ("southamerica-east1", "SOUTH_AMERICA_EAST_1"),
    ("us-central1", "CENTRAL_US"),
    ("us-east1", "EASTERN_US"),
    ("us-west1", "WESTERN_US"),
];

/// Returns the region name that clusters use: `US_EAST_1` for the AWS region `us-east-1`, and
/// `US_EAST_4` for the Google Cloud region `us-east4`.
pub(crate) fn atlas_region(name: &str) -> String {
    if let Some((_, atlas_name)) = GCP_REGIONS.iter().find(|(native, _)| *native == name) {
        return (*atlas_name).to_owned();
    }
    let start = name.trim_end_matches(|character: char| character.is_ascii_digit());
    let number = name.strip_prefix(start).unwrap_or_default();
    let is_native = name.contains('-') && !start.ends_with('-') && !number.is_empty();
    let separator = if is_native { "-" } else { "" };
    let name = format!("{start}{separator}{number}");
    name.to_uppercase().replace('-', "_")
}

/// Renders a service. The names of its network resources are set once it is available.
fn render_document(context: &Context<'_>, service: &Record) -> Value {
    let schema = context.response_schema();
    let schema = context.document.schemas().items(schema).unwrap_or(schema);
    let mut document = responses::render(context, schema, service);
    let is_available = document["status"] == "AVAILABLE";
    let digits = |count: usize| {
        let mut digits = derived_id(&format!("endpoint service {}", service.key));
        digits.truncate(count);
        digits
    };
    let region = service
        .string("regionName")
        .to_lowercase()
        .replace('_', "-");
    let fields = match service.string("cloudProvider") {
        "AZURE" => {
            let name = format!("pls_{}", service.key);
            let subscription = unique(&service.key);
            let id = format!(
                "/subscriptions/{subscription}/resourceGroups/rg_{}/providers/Microsoft.Network/\
                 privateLinkServices/{name}",
                service.key
            );
            vec![
                ("privateLinkServiceName", json!(name)),
                ("privateLinkServiceResourceId", json!(id)),
            ]
        }
        "GCP" => {
            let is_mapped = service.document["portMappingEnabled"] == true;
            let count = if is_mapped { 1 } else { SERVICE_ATTACHMENTS };
            let attachments = (0..count).map(|index| {
                let project = digits(20);
                format!(
                    "projects/p-{project}/regions/{region}/serviceAttachments/sa-{region}-{}-{index}",
                    service.key
                )
            });
            let attachments: Vec<_> = attachments.filter(|_| is_available).collect();
            document["serviceAttachmentNames"] = json!(attachments);
            Vec::new()
        }
        _ => {
            let name = format!("com.amazonaws.vpce.{region}.vpce-svc-{}", digits(17));
            vec![("endpointServiceName", json!(name))]
        }
    };
    for (field, value) in fields {
        document[field] = if is_available { value } else { Value::Null };
    }
    document
}

/// The fields that contain the id of an endpoint, by cloud provider.
struct IdFields {
    /// Field of the endpoint document.
    response: &'static str,
    /// Field of the request body.
    request: &'static str,
    /// Field of the service document that lists the endpoint ids.
    list: &'static str,
}

impl IdFields {
    fn for_provider(provider: &str) -> Self {
        let (response, request, list) = match provider {
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
pub(crate) fn create_endpoint(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let call = &set_provider(call);
    let context = Context::prepare(state, call)?;
    let provider = call.path("cloudProvider");
    let id = call.object()?.get("id").cloned().unwrap_or_default();
    if provider == "AWS" && id.as_str().is_some_and(|id| !is_interface_endpoint(id)) {
        let code = "PRIVATELINK_INTERFACE_ENDPOINT_ID_MALFORMED";
        return Err(ApiError::from_code_without_parameters(code));
    }
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let fields = IdFields::for_provider(provider);
    let name = body[fields.request].as_str();
    let name = name.ok_or_else(|| ApiError::missing_attribute(fields.request))?;
    let endpoints = &state.store;
    if endpoints
        .find(&context.collection, &[fields.response], name)
        .is_some()
    {
        let code = "PRIVATELINK_INTERFACE_ENDPOINT_ALREADY_EXISTS";
        return Err(ApiError::from_code(code, [name]));
    }
    let endpoint = Record::new(name, build_endpoint(provider, name, &body), call.now);
    let endpoints = state.store.list_mut(&context.collection);
    endpoints.push(endpoint.clone());
    update_service(state, call, &context.collection);
    Ok(generic::item_response(&context, &endpoint))
}

/// Copies the cloud provider from the path into the body, where it selects the schema variant.
fn set_provider(call: &Call) -> Call {
    let mut call = call.clone();
    if let Ok(mut body) = call.object() {
        let provider = json!(call.path("cloudProvider"));
        body.entry("cloudProvider").or_insert(provider);
        call.body = Value::Object(body).to_string().into();
    }
    call
}

fn is_interface_endpoint(id: &str) -> bool {
    id.strip_prefix("vpce-").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Returns the document of a new endpoint.
fn build_endpoint(provider: &str, name: &str, body: &Value) -> Value {
    let mut document = json!({ "cloudProvider": provider, "deleteRequested": false });
    document[IdFields::for_provider(provider).response] = json!(name);
    match provider {
        "AZURE" => {
            let connection = unique(&format!("connection {name}"));
            let endpoint = name.rsplit('/').next().unwrap_or_default();
            let connection = format!("{connection}%2Fprivate-endpoints%2F{endpoint}");
            document["privateEndpointConnectionName"] = json!(connection);
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
    document
}

/// `DELETE …/endpointService/{endpointServiceId}/endpoint/{endpointId}`
pub(crate) fn delete_endpoint(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let response = generic::respond(state, call)?;
    let endpoints = Context::new(call)?.collection;
    update_service(state, call, &endpoints);
    Ok(response)
}

/// `DELETE …/endpointService/{endpointServiceId}`
///
/// Rejects the request while the service has endpoints.
pub(crate) fn delete(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let service = call.path("endpointServiceId");
    if generic::find_records(state, &context).is_empty() {
        return Err(service_not_found(service));
    }
    let endpoints = format!("{}/{service}/endpoint", context.collection);
    if !state.store.list(&endpoints).is_empty() {
        let code = "CANNOT_DELETE_PRIVATELINK_WITH_ENDPOINTS";
        return Err(ApiError::from_code_without_parameters(code));
    }
    writes::delete(state, &context)?;
    Ok(responses::build(&context, json!({})))
}

fn service_not_found(service: &str) -> ApiError {
    ApiError::from_code("PRIVATELINK_NOT_FOUND", [service])
}

/// Updates the list of endpoints in a service.
fn update_service(state: &mut State, call: &Call, endpoints: &str) {
    let fields = IdFields::for_provider(call.path("cloudProvider"));
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
