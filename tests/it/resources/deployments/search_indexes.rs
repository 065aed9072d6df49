//! Search indexes, async and blocking.

use mongodbatlas::ClusterState;
use serde_json::{Value, json};

use crate::support::Local;

fn articles_index() -> Value {
    json!({
        "database": "shop", "collectionName": "articles", "name": "default",
        "definition": {"mappings": {"dynamic": true}},
    })
}

#[tokio::test]
async fn creates_lists_updates_and_deletes_index() {
    let local = Local::demo();
    let cluster = local
        .cluster_in_state(&ClusterState::Running)
        .await
        .handle();

    let created = cluster
        .create_search_index(&articles_index())
        .await
        .unwrap();
    let listed = cluster.search_indexes().collect().await.unwrap();
    let article_indexes = cluster
        .search_indexes_of("shop", "articles")
        .collect()
        .await
        .unwrap();
    let order_indexes = cluster
        .search_indexes_of("shop", "orders")
        .collect()
        .await
        .unwrap();
    let handle = created.handle();
    let static_mappings = json!({"mappings": {"dynamic": false}});
    handle.update(&static_mappings).await.unwrap();
    let fetched = handle.get().await.unwrap();
    handle.delete().await.unwrap();

    assert_eq!((created.name(), created.database()), ("default", "shop"));
    assert_eq!(created.collection(), "articles");
    assert!(listed.iter().any(|index| index.id() == created.id()));
    assert_eq!((article_indexes.len(), order_indexes.len()), (1, 0));
    assert_eq!(fetched.id(), created.id());
    assert!(handle.get().await.unwrap_err().is_not_found());
}

#[test]
fn blocking_creates_lists_updates_and_deletes_index() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let cluster = project.clusters().next().unwrap().unwrap().handle();

    let created = cluster.create_search_index(&articles_index()).unwrap();
    let handle = created.handle();
    handle
        .update(&json!({"mappings": {"dynamic": false}}))
        .unwrap();

    assert_eq!(handle.get().unwrap().id(), created.id());
    assert_eq!(cluster.search_indexes().count(), 1);
    assert_eq!(cluster.search_indexes_of("shop", "articles").count(), 1);
    handle.delete().unwrap();
    assert_eq!(cluster.search_indexes().count(), 0);
}
