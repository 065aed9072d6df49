//! Options of stream processors.

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn empty_dead_letter_queue_removes_the_queue() {
    let atlas = Atlas::demo().await;
    let streams = format!("/api/atlas/v2/groups/{}/streams", atlas.project("Sandbox"));
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    let workspace = json!({ "name": "flow", "dataProcessRegion": region });
    atlas.post(&streams, workspace).await;
    let queue = json!({ "db": "a", "coll": "b", "connectionName": "c" });
    let processor = json!({ "name": "copier", "pipeline": [], "options": { "dlq": queue } });
    let path = format!("{streams}/flow/processor");

    let created = atlas.post(&path, processor).await;
    let change = json!({
        "pipeline": [], "options": { "dlq": {}, "resumeFromCheckpoint": false },
    });
    let path = format!("{path}/copier");
    atlas.patch(&path, change).await;
    let changed = atlas.get(&path).await;

    assert_eq!(created.field("/options/dlq"), queue);
    assert_eq!(changed.field("/options"), json!({}));
}
