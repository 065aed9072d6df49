//! Details of rejections: invalid fields, failed changes, and error documents with status 200.

use mongodbatlas::Error;
use serde_json::{Value, json};

use crate::support::raw_server::{RawServer, error_response, respond_with, response};
use crate::transport::faults::log_file;

const JSON_HEADER: &str = "content-type: application/json\r\n";

/// Returns the error of a request that creates a cluster.
async fn create_error(status: u16, document: Value) -> Error {
    let response = response(status, JSON_HEADER, &document.to_string());
    let server = RawServer::start(vec![respond_with(response)]).await;
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let document = json!({ "name": "orders" });
    let atlas = server.builder().without_retries().build().unwrap();
    let created = atlas.project(&project).create_cluster(&document).await;
    created.map(drop).unwrap_err()
}

#[tokio::test]
async fn field_errors_are_readable_and_displayed() {
    let error = create_error(
        400,
        json!({
            "error": 400, "errorCode": "INVALID_ATTRIBUTE",
            "detail": "Invalid attribute specified.",
            "badRequestDetail": { "fields": [
                { "field": "replicationSpecs[0].numShards", "description": "must be at least 1" },
                { "field": "diskSizeGB", "description": null },
                { "description": "two regions\nare missing" },
            ]},
        }),
    )
    .await;

    let fields: Vec<_> = error
        .field_errors()
        .iter()
        .map(|field| (field.field(), field.description()))
        .collect();
    assert_eq!(
        fields,
        [
            ("replicationSpecs[0].numShards", "must be at least 1"),
            ("diskSizeGB", ""),
            ("", "two regions are missing"),
        ]
    );
    let message = error.to_string();
    assert!(
        message.ends_with(
            "Invalid attribute specified.; `replicationSpecs[0].numShards`: must be at least 1; two \
             regions are missing"
        ),
        "{message}"
    );
}

#[tokio::test]
async fn field_error_in_the_message_is_not_repeated() {
    let error = create_error(
        400,
        json!({
            "error": 400, "errorCode": "INVALID_ATTRIBUTE", "detail": "tags must be unique",
            "badRequestDetail": { "fields": [{ "field": "tags", "description": "must be unique" }] },
        }),
    )
    .await;

    assert_eq!(error.field_errors().len(), 1);
    assert!(
        error.to_string().ends_with(": tags must be unique"),
        "{error}"
    );
}

#[tokio::test]
async fn rejected_creations_have_their_own_hints() {
    for (status, code, parameters, parts) in [
        (
            402,
            "NO_PAYMENT_INFORMATION_FOUND",
            json!([]),
            ["payment method", "Billing"],
        ),
        (
            400,
            "CLUSTER_NAME_PREFIX_INVALID",
            json!([
                "reports-of-the-south-region-4",
                23,
                "reports-of-the-south-re"
            ]),
            ["first 23 characters", "`reports-of-the-south-re`"],
        ),
        (
            400,
            "INVALID_REGION",
            json!(["EU_CENTRAL_7", "GCP"]),
            ["choose a region of `GCP`", "regions of `GCP`, such as"],
        ),
        (
            400,
            "REGION_UNAVAILABLE",
            json!(["AP_SOUTH_9"]),
            ["this project may use", "cloud.mongodbgov.com"],
        ),
    ] {
        let document = json!({
            "error": status, "errorCode": code, "detail": "No.", "parameters": parameters,
        });
        let error = create_error(status, document).await;

        for part in parts {
            assert!(error.hint().unwrap().contains(part), "{code}: {error:?}");
        }
    }
}

#[tokio::test]
async fn hint_after_failed_change_asks_to_check_first() {
    for (status, body) in [
        (
            500,
            json!({ "error": 500, "errorCode": "UNEXPECTED_ERROR" }),
        ),
        (503, json!({ "error": 503, "detail": "Busy." })),
        (502, Value::Null),
    ] {
        let error = create_error(status, body).await;

        assert!(error.is_server_error() && !error.is_retryable());
        let hint = error.hint().unwrap();
        assert!(
            hint.starts_with("check whether the change was made"),
            "{hint}"
        );
        assert!(hint.contains("check the document"), "{hint}");
    }
}

#[tokio::test]
async fn hint_after_failed_read_suggests_a_retry() {
    let response = error_response(500, "", "UNEXPECTED_ERROR");
    let server = RawServer::start(vec![respond_with(response)]).await;
    let atlas = server.builder().without_retries().build().unwrap();

    let error = atlas.this_organization().await.unwrap_err();

    assert!(
        error.hint().unwrap().starts_with("retry in a moment"),
        "{error:?}"
    );
}

#[tokio::test]
async fn download_rejects_error_documents() {
    let document = |code: &str| json!({ "error": 404, "errorCode": code, "detail": "No log.", "parameters": ["h1"] });
    for content_type in [
        "application/json",
        "application/gzip",
        "application/vnd.atlas.2023-02-01+gzip",
    ] {
        let headers = format!("content-type: {content_type}\r\n");
        let body = document("HOST_NOT_FOUND").to_string();
        let server = RawServer::start(vec![respond_with(response(200, &headers, &body))]).await;

        let call = log_file(&server.atlas()).unwrap();
        let error = call.download().await.unwrap_err();

        assert!(error.is_not_found(), "{error:?}");
        assert_eq!(error.error_code(), Some("HOST_NOT_FOUND"));
        assert!(error.hint().unwrap().contains("`h1`"), "{error:?}");
    }
}

#[tokio::test]
async fn download_rejects_error_document_in_chunks() {
    let chunks = "10\r\n{\"error\" : 403, \r\n15\r\n\"detail\": \"No role.\"}\r\n0\r\n\r\n";
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n";
    let server = RawServer::start(vec![respond_with(format!("{head}{chunks}"))]).await;

    let call = log_file(&server.atlas()).unwrap();
    let error = call.download().await.unwrap_err();

    assert!(error.is_forbidden(), "{error:?}");
    assert_eq!(error.detail(), Some("No role."));
}

#[tokio::test]
async fn download_accepts_other_json() {
    for body in [
        r#"{"t":{"$date":"2027-01-01"},"msg":"start"}"#,
        r#"{"error":7}"#,
        "{",
        " {} ",
    ] {
        let server = RawServer::start(vec![respond_with(response(200, JSON_HEADER, body))]).await;

        let call = log_file(&server.atlas()).unwrap();
        let download = call.download().await.unwrap();

        assert_eq!(download.into_bytes().await.unwrap(), body.as_bytes());
    }
}

#[tokio::test]
async fn error_document_with_status_200_is_an_error() {
    let document = json!({ "error": 409, "errorCode": "CLUSTER_ALREADY_PAUSED", "detail": "No." });
    let response = response(200, JSON_HEADER, &document.to_string());
    let server = RawServer::start(vec![respond_with(response)]).await;

    let error = server.cluster().get().await.unwrap_err();

    assert!(error.is_conflict(), "{error:?}");
}
