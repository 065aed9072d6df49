//! Online archives, and the identity providers of a federation.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn archive_can_be_paused_when_active_and_keeps_its_collection() {
    let atlas = Atlas::demo().await;
    let archives = format!(
        "{}/shop-production/onlineArchives",
        atlas.clusters("Storefront")
    );
    let body = json!({
        "collName": "orders", "dbName": "shop",
        "criteria": { "type": "DATE", "dateField": "at", "expireAfterDays": 3 },
    });
    let created = atlas.post(&archives, body).await;
    let path = format!("{archives}/{}", created.field("/_id").as_str().unwrap());

    let other_collection = atlas.patch(&path, json!({ "collName": "carts" })).await;
    let too_early = atlas.patch(&path, json!({ "paused": true })).await;
    atlas.simulator.advance(Duration::from_mins(2));
    let paused = atlas.patch(&path, json!({ "paused": true })).await;

    other_collection.assert_error(400, "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD");
    too_early.assert_error(409, "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE");
    assert_eq!((paused.status, paused.field("/paused")), (200, json!(true)));
}

/// Creates an archive and returns its path.
async fn create(atlas: &Atlas) -> String {
    let archives = format!(
        "{}/shop-production/onlineArchives",
        atlas.clusters("Storefront")
    );
    let body = json!({
        "collName": "orders", "dbName": "shop", "dataExpirationRule": { "expireAfterDays": 30 },
        "criteria": { "type": "DATE", "dateField": "at", "expireAfterDays": 3 },
    });
    let created = atlas.post(&archives, body).await;
    format!("{archives}/{}", created.field("/_id").as_str().unwrap())
}

#[tokio::test]
async fn state_pauses_and_resumes_an_active_archive() {
    let atlas = Atlas::demo().await;
    let path = create(&atlas).await;
    let state = |name: &str| json!({ "state": name });

    let pending = atlas.patch(&path, state("PAUSING")).await;
    let invalid = atlas.patch(&path, state("ACTIVE")).await;
    atlas.simulator.advance(Duration::from_mins(2));
    let active = atlas.get(&path).await;
    let pausing = atlas.patch(&path, state("PAUSING")).await;
    atlas.simulator.advance(Duration::from_mins(2));
    let paused = atlas.get(&path).await;
    let resumed = atlas.patch(&path, state("ACTIVE")).await;

    pending.assert_error(409, "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE");
    invalid.assert_error(400, "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD");
    assert_eq!(active.field("/state"), "ACTIVE");
    assert_eq!(pausing.field("/state"), "PAUSING");
    assert_eq!(paused.field("/state"), "PAUSED");
    assert_eq!(paused.field("/paused"), true);
    assert_eq!(resumed.field("/state"), "ACTIVE");
}

#[tokio::test]
async fn empty_expiration_rule_removes_the_rule() {
    let atlas = Atlas::demo().await;
    let path = create(&atlas).await;
    let rule = |rule: serde_json::Value| json!({ "dataExpirationRule": rule });

    let changed = atlas
        .patch(&path, rule(json!({ "expireAfterDays": 1 })))
        .await;
    let cleared = atlas.patch(&path, rule(json!({}))).await;

    assert_eq!(changed.field("/dataExpirationRule/expireAfterDays"), 1);
    assert_eq!(cleared.status, 200);
    assert!(cleared.json().get("dataExpirationRule").is_none());
    assert!(
        atlas
            .get(&path)
            .await
            .json()
            .get("dataExpirationRule")
            .is_none()
    );
}

#[tokio::test]
async fn partition_fields_have_no_type() {
    let atlas = Atlas::demo().await;
    let path = create(&atlas).await;
    let archives = path.rsplit_once('/').unwrap().0;
    let body = json!({
        "collName": "carts", "dbName": "shop",
        "criteria": { "type": "DATE", "dateField": "at", "expireAfterDays": 3 },
        "partitionFields": [{ "fieldName": "customer", "order": 0 }],
    });
    let expected = json!([{ "fieldName": "customer", "fieldType": null, "order": 0 }]);

    let created = atlas.post(archives, body).await;
    let id = created.field("/_id").as_str().unwrap().to_owned();
    let archive = atlas.get(&format!("{archives}/{id}")).await;

    assert_eq!(created.field("/partitionFields"), expected);
    assert_eq!(archive.field("/partitionFields"), expected);
}

#[tokio::test]
async fn unknown_archive_is_not_found() {
    let atlas = Atlas::demo().await;
    let path = create(&atlas).await;
    let (archives, _) = path.rsplit_once('/').unwrap();

    let missing = atlas
        .get(&format!("{archives}/0123456789abcdef01234567"))
        .await;

    assert_eq!(
        missing.assert_error(404, "RESOURCE_NOT_FOUND"),
        "Cannot find resource Online archive with id 0123456789abcdef01234567."
    );
}

#[tokio::test]
async fn identity_provider_list_defaults_to_saml() {
    let atlas = Atlas::demo().await;
    let federation = "/api/atlas/v2/federationSettings/6a6f78e0cab84da5c4476b25";
    let list = format!("{federation}/identityProviders");

    let default = atlas.get(&list).await;
    let oidc = atlas.get(&format!("{list}?protocol=OIDC")).await;
    let id = default.field("/results/0/id");
    let single = atlas.get(&format!("{list}/{}", id.as_str().unwrap())).await;

    assert_eq!(default.field("/results/0/protocol"), "SAML");
    assert_eq!(oidc.field("/totalCount"), 0);
    assert_eq!(single.field("/id"), id);
}
