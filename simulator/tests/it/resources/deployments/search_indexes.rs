//! Search indexes.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn search_index_is_ready_after_one_minute() {
    let atlas = Atlas::demo().await;
    let indexes = format!(
        "{}/shop-staging/search/indexes",
        atlas.clusters("Storefront")
    );
    let body = json!({
        "collectionName": "orders", "database": "shop", "name": "default",
        "definition": { "mappings": { "dynamic": true } },
    });

    let created = atlas.post(&indexes, body).await;
    atlas.simulator.advance(Duration::from_mins(1));
    let list = atlas.get(&format!("{indexes}/shop/orders")).await;

    assert_eq!(
        (created.status, created.field("/status")),
        (201, json!("PENDING"))
    );
    assert_eq!(list.field("/0/status"), "READY");
    assert_eq!(list.field("/0/queryable"), true);
}
