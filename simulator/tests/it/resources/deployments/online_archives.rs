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

    other_collection.refused(400, "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD");
    too_early.refused(409, "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE");
    assert_eq!((paused.status, paused.field("/paused")), (200, json!(true)));
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
