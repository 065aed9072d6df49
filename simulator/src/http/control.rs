//! `/_simulator`: what steers a running simulator from outside of its process.
//!
//! It asks for no credentials, so it answers only when it was asked for at the start.

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

/// Where it answers.
pub(crate) const ROOT: &str = "/_simulator";

/// Answers a request to steer.
pub(crate) fn answer(service: &Service, parts: &Parts, body: &Bytes) -> Response {
    let path = parts.uri.path().strip_prefix(ROOT).unwrap_or_default();
    let answered = match (parts.method.as_str(), path) {
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
            return written_as(
                StatusCode::NOT_FOUND,
                &json!({ "error": "nothing is here" }),
            );
        }
    };
    match answered {
        Ok(document) => written_as(StatusCode::OK, &document),
        Err(error) => written_as(StatusCode::BAD_REQUEST, &json!({ "error": error })),
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

/// Moves the clock by `{"seconds": 90}`.
fn advance(service: &Service, body: &Bytes) -> Result<Value, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let seconds = body["seconds"]
        .as_u64()
        .ok_or("`seconds` must be a whole number")?;
    service.advance(Duration::from_secs(seconds));
    Ok(clock(service))
}

/// Starts over with `{"file": "seed.json"}`, or with the seed in the body itself.
fn seed(service: &Service, body: &Bytes) -> Result<Value, String> {
    let given: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let seed = match given["file"].as_str() {
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
    let text = |field: &str| body[field].as_str();
    let (Some(project), Some(event)) = (text("project"), text("eventTypeName")) else {
        return Err("`project` and `eventTypeName` must be texts".to_owned());
    };
    let id = service.open_alert(project, event, text("clusterName"));
    let id = id.ok_or_else(|| {
        format!(
            "project {project} has no enabled alert configuration for {event}, or no such cluster"
        )
    })?;
    Ok(json!({ "id": id }))
}

fn close_alert(service: &Service, path: &str) -> Result<Value, String> {
    let id = path.trim_start_matches("/alerts/");
    if service.close_alert(id) {
        return Ok(json!({}));
    }
    Err(format!("no alert {id} is open"))
}

/// A request without its secrets; bodies of the token service and passwords are left out.
fn request(request: &RecordedRequest) -> Value {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    json!({
        "accept": request.accept,
        "body": without_secrets(body),
        "contentType": request.content_type,
        "hasAuthorization": request.has_authorization,
        "method": request.method,
        "path": without_secret_parameters(&request.path_and_query),
        "status": request.status,
        "userAgent": request.user_agent,
    })
}

/// What stands in the place of a secret.
const HIDDEN: &str = "***";

fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(name, value)| {
                let value = if is_secret(&name) {
                    masked(value)
                } else {
                    without_secrets(value)
                };
                (name, value)
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(without_secrets).collect(),
        other => other,
    }
}

/// A secret with its form and without its texts; numbers can be secrets, too.
fn masked(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let fields = object.into_iter();
            fields.map(|(name, value)| (name, masked(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(masked).collect(),
        Value::Null | Value::Bool(_) => value,
        Value::String(_) | Value::Number(_) => json!(HIDDEN),
    }
}

/// A path with its query, in which secrets have no place but can be.
fn without_secret_parameters(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn written_as(status: StatusCode, document: &Value) -> Response {
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
    fn secrets_are_not_told() {
        let body = json!({ "username": "a", "password": "b", "inner": [{ "clientSecret": "c" }] });

        let told = without_secrets(body).to_string();

        assert!(told.contains("\"a\""));
        assert!(!told.contains("\"b\"") && !told.contains("\"c\""));
    }

    #[test]
    fn secrets_of_every_kind_are_not_told() {
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
            let told = without_secrets(json!({ field: "hush", "publicKey": "open" })).to_string();
            assert!(!told.contains("hush") && told.contains("open"), "{field}");
        }
        let headers = json!({ "headers": [{ "name": "x", "value": "hush" }] });
        assert!(!without_secrets(headers).to_string().contains("hush"));
        let tags = json!({ "tags": [{ "key": "team", "value": "red" }], "customShardKey": "a" });
        assert_eq!(without_secrets(tags.clone()), tags);
    }

    #[test]
    fn secrets_in_a_query_are_not_told() {
        let told = without_secret_parameters("/api?access_token=hush&pageNum=1");

        assert_eq!(told, "/api?access_token=***&pageNum=1");
    }
}
