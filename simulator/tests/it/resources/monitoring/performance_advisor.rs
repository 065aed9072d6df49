//! The performance advisor.

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn slow_queries_are_hourly_and_follow_the_filters() {
    let atlas = Atlas::demo().await;
    let group = format!(
        "/api/atlas/v2/groups/{}",
        atlas.project("Älvsjö: sensors, edge")
    );
    let process = atlas.get(&format!("{group}/processes")).await;
    let process = process.field("/results/0/id");
    let advisor = format!(
        "{group}/processes/{}/performanceAdvisor",
        process.as_str().unwrap()
    );
    let count = async |query: &str| {
        let path = format!("{advisor}/slowQueryLogs{query}");
        atlas
            .get(&path)
            .await
            .field("/slowQueries")
            .as_array()
            .unwrap()
            .len()
    };

    assert_eq!(count("").await, 24);
    assert_eq!(count("?nLogs=5").await, 5);
    assert_eq!(count("?duration=7200000").await, 2);
    assert_eq!(count("?namespaces=data.events").await, 12);
    assert_eq!(count("?namespaces=data.other").await, 0);
    let midnight = 1_788_220_800_000_i64;
    assert_eq!(
        count(&format!("?since={midnight}&duration=3600000")).await,
        1
    );

    let namespaces = atlas.get(&format!("{advisor}/namespaces")).await;
    assert_eq!(
        namespaces.field("/namespaces"),
        json!([
            { "namespace": "data.events", "type": "collection" },
            { "namespace": "data.orders", "type": "collection" },
        ])
    );
    let indexes = atlas
        .get(&format!("{advisor}/suggestedIndexes?nIndexes=1"))
        .await;
    assert_eq!(
        indexes.field("/suggestedIndexes/0/index"),
        json!([{ "user": 1 }])
    );
    assert_eq!(indexes.field("/shapes/0/count"), 12);
    assert_eq!(
        indexes.field("/shapes/0/id"),
        indexes.field("/suggestedIndexes/0/impact/0")
    );
}
