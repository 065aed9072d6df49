//! Downloads of snapshots.

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn flex_download_has_a_url_that_can_be_fetched() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Sandbox");
    let backup = format!("/api/atlas/v2/groups/{project}/flexClusters/scratch/backup");
    let snapshot = atlas
        .get(&format!("{backup}/snapshots"))
        .await
        .field("/results/0/id");

    let body = json!({ "snapshotId": snapshot });
    let job = atlas.post(&format!("{backup}/download"), body).await;
    let url = job.field("/snapshotUrl");
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let file = client.get(url.as_str().unwrap()).send().await.unwrap();
    let status = file.status();
    let bytes = file.bytes().await.unwrap();

    assert_eq!(job.status, 200, "{job:?}");
    assert_eq!(job.field("/targetProjectId"), project);
    assert_eq!(job.field("/deliveryType"), "DOWNLOAD");
    assert_eq!(status, 200);
    assert_eq!(bytes.get(..2), Some([0x1f, 0x8b].as_slice()));
    let id = job.field("/id");
    let path = format!("{backup}/restoreJobs/{}", id.as_str().unwrap());
    assert_eq!(atlas.get(&path).await.field("/snapshotId"), snapshot);
}
