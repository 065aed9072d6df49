//! Search indexes of both API versions.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Atlas;

fn cluster_path(atlas: &Atlas) -> String {
    format!("{}/reservations", atlas.clusters("Café Zürich"))
}

fn index(name: &str) -> Value {
    json!({
        "collectionName": "tables", "database": "rooms", "name": name,
        "definition": { "mappings": { "dynamic": true }, "numPartitions": 2 },
    })
}

#[tokio::test]
async fn both_api_versions_share_their_indexes() {
    let atlas = Atlas::demo().await;
    let cluster = cluster_path(&atlas);
    let legacy = json!({
        "collectionName": "tables", "database": "rooms", "name": "old",
        "mappings": { "dynamic": true }, "analyzer": "lucene.simple",
    });

    let new = atlas
        .post(&format!("{cluster}/search/indexes"), index("new"))
        .await;
    let old = atlas.post(&format!("{cluster}/fts/indexes"), legacy).await;
    let (new_id, old_id) = (new.field("/indexID"), old.field("/indexID"));
    let (new_id, old_id) = (new_id.as_str().unwrap(), old_id.as_str().unwrap());
    let new_index_in_fts = atlas.get(&format!("{cluster}/fts/indexes/{new_id}")).await;
    let fts_index_in_search = atlas
        .get(&format!("{cluster}/search/indexes/{old_id}"))
        .await;
    let listed = atlas
        .get(&format!("{cluster}/fts/indexes/rooms/tables"))
        .await;
    atlas.simulator.advance(Duration::from_mins(2));
    let ready = atlas.get(&format!("{cluster}/fts/indexes/{new_id}")).await;
    let deleted = atlas
        .delete(&format!("{cluster}/search/indexes/{old_id}"))
        .await;
    let missing = atlas.get(&format!("{cluster}/fts/indexes/{old_id}")).await;

    assert_eq!(new_index_in_fts.field("/mappings/dynamic"), true);
    assert_eq!(new_index_in_fts.field("/status"), "IN_PROGRESS");
    assert_eq!(
        fts_index_in_search.field("/latestDefinition/analyzer"),
        "lucene.simple"
    );
    assert_eq!(listed.json().as_array().unwrap().len(), 2);
    assert_eq!(ready.field("/status"), "STEADY");
    assert!(deleted.status < 300, "{deleted:?}");
    missing.assert_error(404, "INDEX_NOT_FOUND");
}

#[tokio::test]
async fn update_replaces_the_definition() {
    let atlas = Atlas::demo().await;
    let indexes = format!("{}/search/indexes", cluster_path(&atlas));
    let created = atlas.post(&indexes, index("seats")).await;
    let path = format!("{indexes}/{}", created.field("/indexID").as_str().unwrap());
    atlas.simulator.advance(Duration::from_mins(2));

    let change = json!({ "definition": { "mappings": { "dynamic": false } } });
    let updated = atlas.patch(&path, change).await;
    let read = atlas.get(&path).await;

    assert_eq!(updated.field("/status"), "PENDING");
    assert_eq!(updated.field("/queryable"), false);
    let definition = read.field("/latestDefinition");
    assert_eq!(definition["mappings"], json!({ "dynamic": false }));
    assert!(definition.get("numPartitions").is_none(), "{definition}");
}

#[tokio::test]
async fn type_is_shown_only_if_it_was_sent() {
    let atlas = Atlas::demo().await;
    let indexes = format!("{}/search/indexes", cluster_path(&atlas));
    let mut typed = index("typed");
    typed["type"] = json!("search");

    let without = atlas.post(&indexes, index("untyped")).await;
    let with = atlas.post(&indexes, typed).await;
    let duplicate = atlas.post(&indexes, index("untyped")).await;
    let mut elsewhere = index("untyped");
    elsewhere["collectionName"] = json!("menus");
    let elsewhere = atlas.post(&indexes, elsewhere).await;
    let path = format!("{indexes}/{}", without.field("/indexID").as_str().unwrap());
    let read = atlas.get(&path).await;

    assert!(without.json().get("type").is_none());
    assert!(read.json().get("type").is_none());
    assert_eq!(with.field("/type"), "search");
    duplicate.assert_error(400, "ATLAS_FTS_DUPLICATE_INDEX");
    assert_eq!(elsewhere.status, 201, "{elsewhere:?}");
}
