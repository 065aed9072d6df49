//! Database access history.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

#[tokio::test]
async fn access_history_has_hourly_attempts() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Älvsjö: sensors, edge");
    let group = format!("/api/atlas/v2/groups/{project}");
    let history = format!("{group}/dbAccessHistory/clusters/telemetry");
    let body = json!({
        "databaseName": "admin",
        "username": "reader",
        "password": "secret-enough",
        "roles": [{ "databaseName": "admin", "roleName": "read" }],
    });
    let empty = atlas.get(&history).await;
    atlas.post(&format!("{group}/databaseUsers"), body).await;
    atlas.simulator.advance(Duration::from_hours(12));

    let all_attempts = atlas.get(&history).await.field("/accessLogs");
    let failed = atlas.get(&format!("{history}?authResult=false")).await;
    let limited = atlas.get(&format!("{history}?nLogs=3")).await;

    assert_eq!(empty.field("/accessLogs"), json!([]));
    assert_eq!(all_attempts.as_array().unwrap().len(), 12);
    assert_eq!(all_attempts[0]["username"], "reader");
    assert_eq!(all_attempts[0]["timestamp"], "Tue Sep 01 20:00:00 GMT 2026");
    assert_eq!(all_attempts[0]["failureReason"], Value::Null);
    assert_eq!(failed.field("/accessLogs").as_array().unwrap().len(), 2);
    assert_eq!(limited.field("/accessLogs").as_array().unwrap().len(), 3);
    let host = all_attempts[0]["hostname"].as_str().unwrap();
    let process_history = atlas
        .get(&format!("{group}/dbAccessHistory/processes/{host}"))
        .await;
    assert_eq!(process_history.field("/accessLogs"), all_attempts);
}
