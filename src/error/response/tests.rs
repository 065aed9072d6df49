//! Errors from error documents of Atlas and from other responses.

use http::HeaderValue;
use serde_json::json;

use super::*;

fn response_error(status: u16, body: &str) -> Error {
    Error::from_response(
        status,
        Some(("GET", "/api/atlas/v2/x")),
        &HeaderMap::new(),
        body.as_bytes(),
    )
}

fn rejection(status: u16, code: &str) -> Error {
    response_error(
        status,
        &json!({ "error": status, "errorCode": code, "detail": "No." }).to_string(),
    )
}

#[test]
fn error_document_sets_all_accessors() {
    let error = response_error(
        404,
        r#"{"detail":"No cluster named demo exists in group b0.","error":404,"errorCode":"CLUSTER_NOT_FOUND","parameters":["demo","b0"],"reason":"Not Found"}"#,
    );

    assert_eq!(
        error.to_string(),
        "GET /api/atlas/v2/x: 404 CLUSTER_NOT_FOUND: No cluster named demo exists in group b0."
    );
    assert!(error.is_not_found());
    assert_eq!(error.status(), Some(404));
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
    assert_eq!(
        error.detail(),
        Some("No cluster named demo exists in group b0.")
    );
    assert_eq!(error.parameters(), [json!("demo"), json!("b0")]);
    assert_eq!(
        (error.method(), error.path()),
        (Some("GET"), Some("/api/atlas/v2/x"))
    );
    assert!(error.hint().unwrap().contains("name"));
}

#[test]
fn generic_401_is_unauthorized() {
    let error = response_error(
        401,
        r#"{"error" : 401, "reason" : "Unauthorized", "detail" : "You are not authorized for this resource.", "errorCode" : "UNEXPECTED_ERROR"}"#,
    );

    assert!(error.is_unauthorized());
    assert!(error.hint().unwrap().contains("ATLAS_PRIVATE_KEY"));
    assert_eq!(error.parameters(), [] as [Value; 0]);
}

#[test]
fn error_code_overrides_status() {
    let cases = [
        (401, "USER_UNAUTHORIZED", ErrorKind::Forbidden),
        (401, "NOT_IN_GROUP", ErrorKind::Forbidden),
        (403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", ErrorKind::Forbidden),
        (400, "GROUP_NOT_FOUND", ErrorKind::NotFound),
        (404, "INVALID_GROUP_ID", ErrorKind::NotFound),
        (
            400,
            "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER",
            ErrorKind::Conflict,
        ),
        (409, "CLUSTER_ALREADY_PAUSED", ErrorKind::Conflict),
        (400, "DUPLICATE_CLUSTER_NAME", ErrorKind::Conflict),
        (
            409,
            "TENANT_CLUSTER_UPDATE_UNSUPPORTED",
            ErrorKind::BadRequest,
        ),
        (
            405,
            "WRITES_NOT_ALLOWED_DURING_APP_UPGRADES",
            ErrorKind::Server,
        ),
        (400, "RATE_LIMITED", ErrorKind::RateLimited),
        (400, "SOMETHING_NEW", ErrorKind::BadRequest),
        (500, "UNEXPECTED_ERROR", ErrorKind::Server),
    ];

    for (status, code, kind) in cases {
        assert_eq!(rejection(status, code).kind(), kind, "{code}");
    }
}

#[test]
fn every_pause_error_has_a_hint() {
    for code in [
        "CLUSTER_ALREADY_PAUSED",
        "CANNOT_UPDATE_PAUSED_CLUSTER",
        "CANNOT_UPDATE_AND_PAUSE_CLUSTER",
        "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES",
        "CANNOT_PAUSE_NVME_CLUSTER",
        "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER",
        "CANNOT_CREATE_PAUSED_CLUSTER",
        "TENANT_CLUSTER_UPDATE_UNSUPPORTED",
        "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API",
        "OPERATION_INVALID_MEMBER_REPLICATION_LAG",
        "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE",
    ] {
        assert!(rejection(409, code).hint().is_some(), "{code}");
    }
}

#[test]
fn rate_limit_hint_names_the_wait() {
    let body = r#"{"error":429,"errorCode":"RATE_LIMITED_TOKEN_BUCKET","parameters":["api/atlas/v2/orgs",55,10,5,60]}"#;
    let mut headers = HeaderMap::new();
    let wait = |headers: &HeaderMap| {
        let error = Error::from_response(429, None, headers, body.as_bytes());
        assert!(error.is_rate_limited());
        (
            error.retry_after().unwrap().as_secs(),
            error.hint().unwrap().to_owned(),
        )
    };

    assert_eq!(
        wait(&headers),
        (
            55,
            "wait 55 seconds, then retry with fewer concurrent requests".to_owned()
        )
    );
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    assert_eq!(
        wait(&headers),
        (
            1,
            "wait 1 second, then retry with fewer concurrent requests".to_owned()
        )
    );
    headers.insert(
        RETRY_AFTER,
        HeaderValue::from_static("Thu, 1 Jan 1970 00:00:00 GMT"),
    );
    assert_eq!(wait(&headers).0, 0);
}

#[test]
fn rate_limit_without_parameters_has_a_hint() {
    let error = response_error(429, "");

    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), None);
    assert!(error.hint().unwrap().contains("wait"));
}

#[test]
fn html_404_is_not_a_not_found_error() {
    let error = response_error(404, "<html><title>Not here</title>");

    assert!(error.is_invalid_response() && !error.is_not_found());
    assert_eq!(
        error.to_string(),
        "GET /api/atlas/v2/x: 404: an HTML page: `Not here`"
    );
    assert!(error.hint().unwrap().contains("ATLAS_BASE_URL"));
}

#[test]
fn empty_error_body_is_named_by_its_status() {
    assert_eq!(
        response_error(503, "").to_string(),
        "GET /api/atlas/v2/x: 503: an empty response (service unavailable)"
    );
}

#[test]
fn server_messages_are_one_line() {
    let error = response_error(400, "{\"error\":400,\"detail\":\"a\\n\\u001b[2Jb\"}");

    assert_eq!(error.to_string(), "GET /api/atlas/v2/x: 400: a [2Jb");
    assert_eq!(error.error_code(), None);
}

#[test]
fn error_document_needs_a_numeric_error() {
    for body in [r#"{"error":"no"}"#, "[]", "{}", "null"] {
        assert!(parse_document(body.as_bytes()).is_none(), "{body}");
    }
}

#[test]
fn ignores_fields_of_unexpected_type() {
    for field in [
        r#""reason":{}"#,
        r#""parameters":{}"#,
        r#""badRequestDetail":"text""#,
        r#""badRequestDetail":{"fields":{}}"#,
        r#""badRequestDetail":{"fields":[{"field":1}]}"#,
    ] {
        let body = format!(r#"{{"error":400,"errorCode":"X","detail":"y",{field}}}"#);

        let error = response_error(400, &body);

        assert_eq!(error.error_code(), Some("X"), "{body}");
        assert_eq!(error.detail(), Some("y"), "{body}");
    }
}

#[test]
fn wait_is_in_the_parameters_or_the_message() {
    for (parameters, detail, seconds) in [
        (json!([10, 1]), "", Some(60)),
        (json!(["198.51.100.9", 10, 2]), "", Some(120)),
        (json!(["10", "3"]), "", Some(180)),
        (
            json!(null),
            "Limited to 5 requests every 4 minutes.",
            Some(240),
        ),
        (
            json!([]),
            "Retry after 7 seconds, at 1 per 60 seconds.",
            Some(7),
        ),
        (json!([5]), "1 hour", Some(3600)),
        (json!([]), "At most ten requests per minute.", Some(60)),
        (json!([]), "Limited to 100 requests per hour.", Some(3600)),
        (json!([]), "Too many minutes.", None),
    ] {
        let document = json!({
            "error": 400, "errorCode": "X_RATE_LIMITED_Y", "parameters": parameters, "detail": detail,
        });
        let error = response_error(400, &document.to_string());

        let wait = error.retry_after().map(|wait| wait.as_secs());
        assert_eq!(wait, seconds, "{document}");
    }
}

#[test]
fn hint_names_parameters_that_the_message_lacks() {
    let document = json!({
        "error": 400, "errorCode": "NEVER_SEEN", "detail": "No blue.",
        "parameters": ["green", "blue", 7, null, {}],
    });

    let error = response_error(400, &document.to_string());

    assert_eq!(
        error.hint(),
        Some("correct the request: see `green`; values: `7`")
    );
}

#[test]
fn code_without_status_is_an_error_document() {
    let body =
        r#"{"errorCode":"RESOURCE_POLICY_NOT_FOUND","message":"No policy.","status":"ERROR"}"#;

    let error = response_error(404, body);

    assert!(error.is_not_found());
    assert!(
        error
            .to_string()
            .ends_with("404 RESOURCE_POLICY_NOT_FOUND: No policy."),
        "{error}"
    );
}

#[test]
fn hint_for_page_names_the_base_url() {
    for status in [400, 403, 404, 405] {
        let error = response_error(status, "<html><title>Blocked</title>");

        assert!(
            error.hint().unwrap().contains("ATLAS_BASE_URL"),
            "{error:?}"
        );
        assert_eq!(error.required_roles().count(), 0);
    }
}
