//! Online archives and the identity providers of a federation.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn an_archive_is_paused_once_it_is_active_and_keeps_its_collection() {
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

    let elsewhere = atlas.patch(&path, json!({ "collName": "carts" })).await;
    let too_early = atlas.patch(&path, json!({ "paused": true })).await;
    atlas.simulator.advance(Duration::from_mins(2));
    let paused = atlas.patch(&path, json!({ "paused": true })).await;

    elsewhere.refused(400, "ONLINE_ARCHIVE_CANNOT_MODIFY_FIELD");
    too_early.refused(409, "ONLINE_ARCHIVE_MUST_BE_ACTIVE_TO_PAUSE");
    assert_eq!((paused.status, paused.field("/paused")), (200, json!(true)));
}

#[tokio::test]
async fn providers_for_saml_are_listed_unless_others_are_asked_for() {
    let atlas = Atlas::demo().await;
    let federation = "/api/atlas/v2/federationSettings/6a6f78e0cab84da5c4476b25";
    let list = format!("{federation}/identityProviders");

    let usual = atlas.get(&list).await;
    let others = atlas.get(&format!("{list}?protocol=OIDC")).await;
    let id = usual.field("/results/0/id");
    let single = atlas.get(&format!("{list}/{}", id.as_str().unwrap())).await;

    assert_eq!(usual.field("/results/0/protocol"), "SAML");
    assert_eq!(others.field("/totalCount"), 0);
    assert_eq!(single.field("/id"), id);
}
