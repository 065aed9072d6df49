//! Names of resources, and termination protection.

use serde_json::json;

use super::validation::{GROUPS, cluster};
use crate::support::Atlas;

#[tokio::test]
async fn names_are_checked_for_characters_and_length() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let clusters = atlas.clusters("Empty Lot");
    let project = |name: &str| json!({ "name": name, "orgId": organization });
    let long = "x".repeat(64);

    for name in ["1", "A-1", "a--", &long] {
        let created = atlas.post(&clusters, cluster(name)).await;
        assert_eq!(created.status, 201, "{name}");
    }
    let too_long = atlas.post(&clusters, cluster(&format!("{long}x"))).await;
    too_long.assert_error(400, "CLUSTER_NAME_TOO_LONG");
    for name in ["-a", "a.b", "a:b", "a b", "ä"] {
        let rejected = atlas.post(&clusters, cluster(name)).await;
        rejected.assert_error(400, "CLUSTER_NAME_INVALID");
    }
    for name in ["a:b, c.d (e) & f's @g+h_i-j", "Ünïcödé 数据", &long] {
        let created = atlas.post(GROUPS, project(name)).await;
        assert_eq!((created.status, created.field("/name")), (201, json!(name)));
    }
    for name in ["", " ", "a/b", "a<b", "a\"b", &format!("{long}x")] {
        let rejected = atlas.post(GROUPS, project(name)).await;
        rejected.assert_error(400, "INVALID_ATTRIBUTE");
        assert_eq!(rejected.field("/parameters"), json!(["name"]));
    }
}

#[tokio::test]
async fn termination_protection_applies_to_paused_cluster_and_its_project() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/shop-production", atlas.clusters("Storefront"));
    let group = format!("{GROUPS}/{}", atlas.project("Storefront"));
    atlas.patch(&path, json!({ "paused": true })).await;
    atlas.simulator.advance(std::time::Duration::from_mins(1));

    let rejected = atlas.delete(&path).await;
    let project = atlas.delete(&group).await;

    rejected.assert_error(
        400,
        "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED",
    );
    let parameter = rejected.field("/parameters/0");
    let start = "Cannot terminate cluster shop-production in group ";
    assert!(parameter.as_str().unwrap().starts_with(start));
    project.assert_error(409, "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS");
    let state = atlas.get(&path).await;
    assert_eq!(
        (state.field("/paused"), state.field("/stateName")),
        (json!(true), json!("IDLE"))
    );
}
