//! The control interface `/_simulator`: changes a running simulator from another process.
//!
//! It requires no credentials, so it is off unless `Options::with_control` enables it.

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use crate::http::faults::Fault;
use crate::http::options::seed::Seed;
use crate::http::requests::RecordedRequest;
use crate::http::service::Service;
use crate::schema::secrets::is_secret;
use crate::state::clock::format_time;

/// The path prefix of the control interface.
pub(crate) const CONTROL_ROOT: &str = "/_simulator";

/// Returns the response to a control request.
pub(crate) fn respond(service: &Service, parts: &Parts, body: &Bytes) -> Response {
    let path = parts
        .uri
        .path()
        .strip_prefix(CONTROL_ROOT)
        .unwrap_or_default();
    let result = match (parts.method.as_str(), path) {
        ("GET", "/health") => Ok(health(service)),
        ("POST", "/reset") => {
            service.reset(None);
            Ok(health(service))
        }
        ("POST", "/seed") => seed(service, body),
        ("GET", "/clock") => Ok(clock(service)),
        ("POST", "/clock") => advance(service, body),
        ("POST", "/faults") => inject(service, body),
        ("DELETE", "/faults") => {
            service.clear_faults();
            Ok(json!({}))
        }
        ("POST", "/alerts") => open_alert(service, body),
        ("DELETE", path) if path.starts_with("/alerts/") => close_alert(service, path),
        ("GET", "/requests") => Ok(service.requests().iter().map(request).collect()),
        ("DELETE", "/requests") => {
            service.clear_requests();
            Ok(json!({}))
        }
        _ => {
            return json_response(
                StatusCode::NOT_FOUND,
                &json!({ "error": format!("unknown control path `{path}`") }),
            );
        }
    };
    match result {
        Ok(document) => json_response(StatusCode::OK, &document),
        Err(error) => json_response(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    }
}

fn health(service: &Service) -> Value {
    json!({
        "organizationId": service.organization_id(),
        "projects": service.projects().len(),
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
    })
}

fn clock(service: &Service) -> Value {
    json!({ "now": format_time(service.clock.now()) })
}

/// Advances the clock, as in `{"seconds": 90}`.
fn advance(service: &Service, body: &Bytes) -> Result<Value, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let seconds = body["seconds"]
        .as_u64()
        .ok_or("`seconds` must be a whole number")?;
    service.advance(Duration::from_secs(seconds));
    Ok(clock(service))
}

/// Replaces the state with the seed of `{"file": "seed.json"}` or with the seed in the body.
fn seed(service: &Service, body: &Bytes) -> Result<Value, String> {
    let document: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let seed = match document["file"].as_str() {
        Some(path) => Seed::from_file(path).map_err(|error| format!("{path}: {error}"))?,
        None => Seed::from_json(body).map_err(|error| error.to_string())?,
    };
    service.reset(Some(seed));
    Ok(health(service))
}

fn inject(service: &Service, body: &Bytes) -> Result<Value, String> {
    service.inject(Fault::from_json(body)?);
    Ok(json!({}))
}

/// Opens an alert: `{"project": "Shop", "eventTypeName": "NO_PRIMARY", "clusterName": "main"}`.
fn open_alert(service: &Service, body: &Bytes) -> Result<Value, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let string_field = |field: &str| body[field].as_str();
    let (Some(project), Some(event)) = (string_field("project"), string_field("eventTypeName"))
    else {
        return Err("`project` and `eventTypeName` must be strings".to_owned());
    };
    let id = service.open_alert(project, event, string_field("clusterName"));
    let id = id.ok_or_else(|| {
        format!(
            "project `{project}` has no enabled alert configuration for `{event}`, or no such cluster"
        )
    })?;
    Ok(json!({ "id": id }))
}

fn close_alert(service: &Service, path: &str) -> Result<Value, String> {
    let id = path.trim_start_matches("/alerts/");
    if service.close_alert(id) {
        return Ok(json!({}));
    }
    Err(format!("alert `{id}` is not open"))
}

/// Returns a recorded request with its secrets masked.
fn request(request: &RecordedRequest) -> Value {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    json!({
        "accept": request.accept,
        "body": mask_secrets(body),
        "contentType": request.content_type,
        "hasAuthorization": request.has_authorization,
        "method": request.method,
        "path": mask_query(&request.path_and_query),
        "status": request.status,
        "userAgent": request.user_agent,
    })
}

/// Replacement for a secret.
const MASK: &str = "***";

fn mask_secrets(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(name, value)| {
                let value = if is_secret(&name) {
                    mask_value(value)
                } else {
                    mask_secrets(value)
                };
                (name, value)
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(mask_secrets).collect(),
        scalar => scalar,
    }
}

/// Masks every string and number in a secret value and keeps the structure.
fn mask_value(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.into_iter();
            fields
                .map(|(name, value)| (name, mask_value(value)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(mask_value).collect(),
        Value::Null | Value::Bool(_) => value,
        Value::String(_) | Value::Number(_) => json!(MASK),
    }
}

/// Masks the secrets in the query of a request target.
fn mask_query(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn json_response(status: StatusCode, document: &Value) -> Response {
    let mut response = Response::new(Body::from(document.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response
        .headers_mut()
        .insert(http::header::CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_secrets_in_nested_objects() {
        let body = json!({ "username": "a", "password": "b", "inner": [{ "clientSecret": "c" }] });

        let masked = mask_secrets(body).to_string();

        assert!(masked.contains("\"a\""));
        assert!(!masked.contains("\"b\"") && !masked.contains("\"c\""));
    }

    #[test]
    fn masks_every_secret_field() {
        for field in [
            "accountKey",
            "apiToken",
            "licenseKey",
            "microsoftTeamsWebhookUrl",
            "opsGenieApiKey",
            "serviceAccountKey",
            "serviceKey",
            "sslKey",
            "url",
            "victorOpsRoutingKey",
            "webhookSecret",
        ] {
            let masked = mask_secrets(json!({ field: "hush", "publicKey": "open" })).to_string();
            assert!(
                !masked.contains("hush") && masked.contains("open"),
                "{field}"
            );
        }
        let headers = json!({ "headers": [{ "name": "x", "value": "hush" }] });
        assert!(!mask_secrets(headers).to_string().contains("hush"));
        let tags = json!({ "tags": [{ "key": "team", "value": "red" }], "customShardKey": "a" });
        assert_eq!(mask_secrets(tags.clone()), tags);
    }

    #[test]
    fn masks_secrets_in_the_query() {
        let masked = mask_query("/api?access_token=hush&pageNum=1");

        assert_eq!(masked, "/api?access_token=***&pageNum=1");
    }
}
