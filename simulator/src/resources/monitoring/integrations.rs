//! Third-party integrations. A project has at most one integration of each type, and the response
//! to a change lists all integrations. Metric integrations send measurements to other services.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests, writes};
use crate::resources::Route;
use crate::schema::secrets;
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("createGroupIntegration", put),
    ("createGroupMetricIntegration", create_metric),
    ("updateGroupIntegration", put),
    ("updateGroupMetricIntegration", replace_metric),
];

/// Value of a redacted header.
const REDACTED_VALUE: &str = "****";

/// Fields that are null until a request sets them, by integration type.
const NULLABLE: [(&str, &[&str]); 2] = [
    ("DATADOG", &["customEndpoint"]),
    ("WEBHOOK", &["bodyTemplate", "headersTemplate"]),
];

/// `POST` and `PUT /groups/{groupId}/integrations/{integrationType}`
pub(crate) fn put(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut document = requests::parse_body(&context)?.unwrap_or_else(|| json!({}));
    let kind = call.path("integrationType");
    if document["type"].as_str().is_some_and(|text| text != kind) {
        return Err(ApiError::invalid_attribute("type", kind));
    }
    document["type"] = json!(kind);
    check_keys(kind, &document)?;
    let existing = state.store.find(&context.collection, &["type"], kind);
    if existing.is_some() && context.operation.method == "POST" {
        let detail = format!("The integration {kind} is already configured.");
        let code = "INTEGRATION_ALREADY_CONFIGURED";
        return Err(ApiError::rejected(409, code, detail, vec![json!(kind)]));
    }
    secrets::mask("integrations", &mut document);
    for field in ["url", "microsoftTeamsWebhookUrl"] {
        if let Some(url) = document[field].as_str() {
            document[field] = json!(secrets::mask_url(url));
        }
    }
    let nullable = NULLABLE.iter().find(|(name, _)| *name == kind);
    for field in nullable.map_or(&[][..], |(_, fields)| fields) {
        document[*field] = document[*field].take();
    }
    let id = state.ids().next(call.now);
    let integrations = state.store.list_mut(&context.collection);
    if let Some(existing) = integrations
        .iter_mut()
        .find(|integration| integration.string("type") == kind)
    {
        document["id"] = existing.document["id"].take();
        existing.document = document;
        existing.updated = call.now;
    } else {
        document["id"] = json!(id);
        integrations.push(Record::new(id, document, call.now));
    }
    let integrations = state.store.list(&context.collection).to_vec();
    generic::list_response(&context, &integrations)
}

/// Rejects a key that does not have the format of the third-party service.
fn check_keys(kind: &str, document: &Value) -> Result<(), ApiError> {
    let has_32_digits = |field: &str| {
        let key = document[field].as_str().unwrap_or_default();
        key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let (code, detail) = match kind {
        "DATADOG" if !has_32_digits("apiKey") => (
            "INVALID_DATADOG_API_KEY",
            "Datadog API key must consist of 32 hexadecimal digits.",
        ),
        "PAGER_DUTY" if !has_32_digits("serviceKey") => (
            "INVALID_PAGER_DUTY_SERVICE_KEY",
            "PagerDuty service key must consist of 32 hexadecimal digits.",
        ),
        _ => return Ok(()),
    };
    Err(ApiError::rejected(400, code, detail, Vec::new()))
}

/// `POST /groups/{groupId}/metricIntegrations`
pub(crate) fn create_metric(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    redact_headers(&mut body);
    let mut integration = writes::insert(state, &context, &body)?;
    integration.document["metricIntegrationId"] = json!(integration.key);
    if let Some(stored) = state.store.list_mut(&context.collection).last_mut() {
        *stored = integration.clone();
    }
    Ok(generic::item_response(&context, &integration))
}

/// `PUT /groups/{groupId}/metricIntegrations/{metricIntegrationId}`
pub(crate) fn replace_metric(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let mut body = requests::parse_body(&context)?.unwrap_or_default();
    redact_headers(&mut body);
    let id = call.path("metricIntegrationId");
    let fields = &["metricIntegrationId"];
    let integration = state.store.find_mut(&context.collection, fields, id);
    let integration = integration.ok_or_else(|| context.not_found())?;
    integration.merge(&body, call.now);
    let integration = integration.clone();
    Ok(generic::item_response(&context, &integration))
}

/// Replaces the values of headers in a body with a redacted value.
fn redact_headers(body: &mut Value) {
    let Some(headers) = body.as_object_mut().and_then(|body| body.remove("headers")) else {
        return;
    };
    let headers = headers.as_array().into_iter().flatten();
    let redacted = headers.map(|header| json!({ "name": header["name"], "value": REDACTED_VALUE }));
    body["headersRedacted"] = redacted.collect();
}
