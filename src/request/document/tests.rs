//! All operations, and the wrapped documents.

use super::*;
use crate::operation;

fn documented_fields() -> impl Iterator<Item = (&'static Operation, Schema)> {
    let operations = Operation::all().iter();
    operations.filter_map(|operation| Some((operation, operation.response_body()?)))
}

#[test]
fn every_type_with_fields_rejects_a_document_without_them() {
    let (mut rejected, mut accepted) = (0, 0);
    for (operation, schema) in documented_fields() {
        let unknown = unwrap_document(operation, br#"{"unheardOf": {"status": 200}}"#);
        let empty = unwrap_document(operation, b"{}");
        if has_fields(schema) {
            assert!(
                unknown.unwrap_err().is_invalid_response(),
                "{}",
                operation.id
            );
            assert_eq!(empty.is_ok(), OPTIONAL_OPERATIONS.contains(&operation.id));
            rejected += 1;
        } else {
            assert!(unknown.is_ok() && empty.is_ok(), "{}", operation.id);
            accepted += 1;
        }
    }
    println!("{rejected} types with fields, {accepted} without");
    assert!(rejected > 300, "{rejected}");
}

#[test]
fn every_field_of_a_type_is_enough() {
    for (operation, schema) in documented_fields().filter(|(_, schema)| has_fields(*schema)) {
        for field in schema.fields() {
            let body = serde_json::json!({"unheardOf": [1], field.name(): null}).to_string();
            let document = unwrap_document(operation, body.as_bytes());
            assert_eq!(&*document.unwrap(), body.as_bytes(), "{}", operation.id);
        }
    }
}

#[test]
fn suggested_indexes_are_read_bare_and_wrapped() {
    let bare = r#"{"shapes":[],"suggestedIndexes":[{"namespace":"shop.orders"}]}"#;
    let wrapped = format!(r#"{{"status":200,"content":{bare}}}"#);
    for id in WRAPPED_OPERATIONS {
        let operation = Operation::by_id(id).unwrap();
        for body in [bare, &wrapped] {
            let document = unwrap_document(operation, body.as_bytes()).unwrap();
            let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
            let content = document.get("content").unwrap_or(&document);
            assert_eq!(content["suggestedIndexes"][0]["namespace"], "shop.orders");
            let schema = operation.response_body().unwrap();
            assert_eq!(
                document.get("content").is_some(),
                schema.field(WRAPPER_FIELD).is_some()
            );
        }
    }
}

#[test]
fn other_wrappers_are_rejected() {
    let [_, id] = WRAPPED_OPERATIONS;
    let bare = Operation::by_id(id).unwrap();
    for body in [
        r#"{"content": {"unheardOf": 1}, "status": 200}"#,
        r#"{"content": [], "status": 200}"#,
        r#"{"content": {"shapes": []}, "status": 200, "more": 1}"#,
        r#"{"data": {"shapes": []}}"#,
    ] {
        assert!(unwrap_document(bare, body.as_bytes()).is_err(), "{body}");
    }
    let cluster = r#"{"content": {"name": "shop"}, "status": 200}"#;
    assert!(unwrap_document(operation::GET_GROUP_CLUSTER, cluster.as_bytes()).is_err());
}

#[test]
fn error_shows_the_document_without_secrets() {
    let body = br#"{"answer": {"privateKey": "7ac3d6b1-52f0"}, "code": 7}"#;

    let error = unwrap_document(operation::GET_GROUP_CLUSTER, body).unwrap_err();

    let expected = "unexpected response body: no field of `ClusterDescription20240805` in \
        {\"answer\":{\"privateKey\":\"[REDACTED]\"},\"code\":7}";
    assert_eq!(error.to_string(), expected);
    assert!(error.hint().is_some());
}

#[test]
fn long_document_is_truncated() {
    let body = format!(r#"{{"answer": "{}"}}"#, "x".repeat(5_000));

    let error = unwrap_document(operation::GET_GROUP, body.as_bytes()).unwrap_err();

    assert!(error.to_string().len() < 400, "{error}");
}
