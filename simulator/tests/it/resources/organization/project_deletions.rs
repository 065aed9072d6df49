//! Resources that prevent the deletion of a project.

use serde_json::json;

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";
/// A project of the demo organization without resources.
const EMPTY_PROJECT: &str = "Empty Lot";

#[tokio::test]
async fn project_with_streams_or_data_federation_cannot_be_deleted() {
    let atlas = Atlas::demo().await;
    let group = format!("{GROUPS}/{}", atlas.project(EMPTY_PROJECT));
    let region = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
    let instance = json!({ "name": "flow", "dataProcessRegion": region });

    for (collection, code) in [
        ("streams", "CANNOT_CLOSE_GROUP_ACTIVE_STREAMS_RESOURCE"),
        (
            "dataFederation",
            "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_DATA_LAKES",
        ),
    ] {
        let path = format!("{group}/{collection}");
        assert_eq!(atlas.post(&path, instance.clone()).await.status, 200);
        atlas.delete(&group).await.assert_error(409, code);
        assert_eq!(atlas.delete(&format!("{path}/flow")).await.status, 202);
    }
}
