//! Live migrations and link tokens.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

fn request() -> Value {
    json!({
        "destination": {
            "clusterName": "shop-production", "groupId": "0123456789abcdef01234567",
            "hostnameSchemaType": "PUBLIC",
        },
        "migrationHosts": ["migrator.example.com"],
        "source": {
            "clusterName": "source", "groupId": "0123456789abcdef01234568",
            "managedAuthentication": false, "ssl": false,
            "username": "migrator", "password": "secret-of-the-source",
        },
    })
}

#[tokio::test]
async fn migration_waits_for_the_cutover() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let migrations = format!("/api/atlas/v2/groups/{project}/liveMigrations");

    let created = atlas.post(&migrations, request()).await;
    let migration = format!("{migrations}/{}", created.field("/_id").as_str().unwrap());
    let cutover = format!("{migration}/cutover");
    let early = atlas.put(&cutover, json!({})).await;
    atlas.simulator.advance(Duration::from_hours(1));
    let ready = atlas.get(&migration).await;
    let accepted = atlas.put(&cutover, json!({})).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let complete = atlas.get(&migration).await;

    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.field("/status"), "NEW");
    early.assert_error(409, "LIVE_MIGRATION_NOT_READY_FOR_CUTOVER");
    assert_eq!(ready.field("/status"), "WORKING");
    assert_eq!(ready.field("/readyForCutover"), true);
    assert_eq!(accepted.status, 202);
    assert_eq!(complete.field("/status"), "COMPLETE");
    assert_eq!(complete.field("/readyForCutover"), false);
    for response in [&created, &ready, &complete] {
        assert!(!response.text.contains("secret-of-the-source"));
    }
}

#[tokio::test]
async fn validation_succeeds_later() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let validations = format!("/api/atlas/v2/groups/{project}/liveMigrations/validate");

    let created = atlas.post(&validations, request()).await;
    let id = created.field("/_id");
    atlas.simulator.advance(Duration::from_secs(10));
    let validation = atlas
        .get(&format!("{validations}/{}", id.as_str().unwrap()))
        .await;

    assert_eq!(created.field("/status"), "PENDING");
    assert_eq!(validation.field("/status"), "SUCCESS");
}

#[tokio::test]
async fn link_token_is_deleted_once() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let tokens = format!("/api/atlas/v2/orgs/{organization}/liveMigrations/linkTokens");

    let missing = atlas.delete(&tokens).await;
    let created = atlas.post(&tokens, json!({ "accessListIps": [] })).await;
    let deleted = atlas.delete(&tokens).await;

    assert_eq!(missing.status, 404);
    assert_eq!(missing.field("/errorCode"), Value::Null);
    assert_eq!(missing.header("x-error-code"), "");
    assert_eq!(created.status, 201);
    assert_eq!(created.json().as_object().unwrap().len(), 1);
    assert!(created.field("/linkToken").as_str().unwrap().len() > 40);
    assert_eq!(deleted.status, 204);
}
