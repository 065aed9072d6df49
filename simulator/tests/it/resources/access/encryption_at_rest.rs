//! Encryption at rest with keys of cloud providers.

use serde_json::json;

use crate::support::Atlas;

#[tokio::test]
async fn settings_of_all_providers_are_shown_with_their_role() {
    let atlas = Atlas::demo().await;
    let group = format!("/api/atlas/v2/groups/{}", atlas.project("Sandbox"));
    let path = format!("{group}/encryptionAtRest");
    let role = "0123456789abcdef01234567";
    let disabled = json!({ "enabled": false, "valid": false });

    let before = atlas.get(&path).await;
    let settings = json!({ "awsKms": {
        "enabled": true, "customerMasterKeyID": "key", "region": "US_EAST_1", "roleId": role,
    } });
    atlas.patch(&path, settings).await;
    let enabled = atlas.get(&path).await;
    let change = json!({ "awsKms": { "enabled": false } });
    let after = atlas.patch(&path, change).await;

    assert_eq!(before.field("/googleCloudKms"), disabled);
    assert_eq!(enabled.field("/awsKms/roleId"), role);
    assert_eq!(enabled.field("/awsKms/valid"), true);
    assert_eq!(enabled.field("/azureKeyVault"), disabled);
    assert_eq!(after.field("/awsKms"), disabled);
}
