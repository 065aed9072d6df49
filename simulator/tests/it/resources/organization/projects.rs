//! Organizations and projects.

use std::time::Duration;

use atlas_simulator::Seed;
use serde_json::json;

use crate::support::Atlas;

const GROUPS: &str = "/api/atlas/v2/groups";

#[tokio::test]
async fn organization_is_listed_and_found_by_id() {
    let atlas = Atlas::demo().await;
    let id = atlas.simulator.organization_id();

    let list = atlas.get("/api/atlas/v2/orgs").await;
    let single = atlas.get(&format!("/api/atlas/v2/orgs/{id}")).await;

    assert_eq!(list.field("/results/0"), single.json());
    assert_eq!(single.field("/name"), "Open Meadow Data");
    let keys: Vec<_> = single.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        keys,
        [
            "id",
            "isDeleted",
            "links",
            "name",
            "skipDefaultAlertsSettings"
        ]
    );
}

#[tokio::test]
async fn unknown_and_malformed_organization_ids_return_404() {
    let atlas = Atlas::demo().await;

    let malformed = atlas.get("/api/atlas/v2/orgs/nope").await;
    let unknown = atlas
        .get("/api/atlas/v2/orgs/000000000000000000000000/groups")
        .await;

    malformed.assert_error(404, "INVALID_ORG_ID");
    unknown.assert_error(404, "ORG_NOT_FOUND");
}

#[tokio::test]
async fn project_counts_dedicated_clusters_only() {
    let atlas = Atlas::demo().await;

    let sandbox = atlas
        .get(&format!("{GROUPS}/{}", atlas.project("Sandbox")))
        .await;
    let empty = atlas
        .get(&format!("{GROUPS}/{}", atlas.project("Empty Lot")))
        .await;

    assert_eq!(sandbox.field("/clusterCount"), 1);
    assert_eq!(empty.field("/clusterCount"), 0);
}

#[tokio::test]
async fn project_is_found_by_name_with_spaces_and_accents() {
    let atlas = Atlas::demo().await;

    let response = atlas
        .get(&format!("{GROUPS}/byName/Caf%C3%A9%20Z%C3%BCrich"))
        .await;
    let missing = atlas.get(&format!("{GROUPS}/byName/Nowhere")).await;

    assert_eq!(response.field("/id"), atlas.project("Café Zürich").as_str());
    missing.assert_error(404, "GROUP_NAME_NOT_FOUND");
}

#[tokio::test]
async fn project_can_be_renamed_tagged_and_deleted() {
    let atlas = Atlas::seeded(Seed::empty()).await;
    let organization = atlas.simulator.organization_id();

    let created = atlas
        .post(GROUPS, json!({ "name": "Öl & Co", "orgId": organization }))
        .await;
    let path = format!("{GROUPS}/{}", created.field("/id").as_str().unwrap());
    let tags = json!([{ "key": "env", "value": "test" }]);
    let updated = atlas
        .patch(&path, json!({ "name": "Öl", "tags": tags }))
        .await;
    let deleted = atlas.delete(&path).await;

    assert_eq!(created.status, 201);
    assert_eq!(created.field("/clusterCount"), 0);
    assert!(created.json().get("tags").is_none());
    assert_eq!(updated.field("/name"), "Öl");
    assert_eq!(updated.field("/tags"), tags);
    assert_eq!((deleted.status, deleted.text.as_str()), (202, "{}"));
    assert_eq!(
        atlas.get(&path).await.assert_error(404, "GROUP_NOT_FOUND"),
        format!(
            "No group with ID {} exists.",
            created.field("/id").as_str().unwrap()
        )
    );
}

#[tokio::test]
async fn project_names_are_unique() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let sandbox = format!("{GROUPS}/{}", atlas.project("Sandbox"));

    let created = atlas
        .post(
            GROUPS,
            json!({ "name": "Storefront", "orgId": organization }),
        )
        .await;
    let renamed = atlas.patch(&sandbox, json!({ "name": "Storefront" })).await;
    let unchanged = atlas.patch(&sandbox, json!({ "name": "Sandbox" })).await;

    assert_eq!(
        created.assert_error(409, "GROUP_ALREADY_EXISTS"),
        "A group with name \"Storefront\" already exists."
    );
    renamed.assert_error(409, "GROUP_ALREADY_EXISTS");
    assert_eq!(unchanged.status, 200);
}

#[tokio::test]
async fn project_with_clusters_cannot_be_deleted() {
    let atlas = Atlas::demo().await;

    let response = atlas
        .delete(&format!("{GROUPS}/{}", atlas.project("Sandbox")))
        .await;

    response.assert_error(409, "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS");
}

#[tokio::test]
async fn project_can_be_deleted_after_its_clusters() {
    let atlas = Atlas::demo().await;
    let path = format!("{GROUPS}/{}", atlas.project("Café Zürich"));

    for cluster in ["reservations", "menu-archive"] {
        assert_eq!(
            atlas
                .delete(&format!("{path}/clusters/{cluster}"))
                .await
                .status,
            202
        );
    }
    atlas
        .delete(&path)
        .await
        .assert_error(409, "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS");
    atlas.simulator.advance(Duration::from_mins(4));

    assert_eq!(atlas.delete(&path).await.status, 202);
}

#[tokio::test]
async fn invalid_project_bodies_are_rejected_by_field() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();

    let missing = atlas.post(GROUPS, json!({ "orgId": organization })).await;
    let number = atlas
        .post(GROUPS, json!({ "name": 7, "orgId": organization }))
        .await;
    let long = "x".repeat(65);
    let long = atlas
        .post(GROUPS, json!({ "name": long, "orgId": organization }))
        .await;
    let slash = atlas
        .post(GROUPS, json!({ "name": "a/b", "orgId": organization }))
        .await;
    let list = atlas.post(GROUPS, json!([])).await;

    missing.assert_error(400, "MISSING_ATTRIBUTE");
    number.assert_error(400, "INVALID_ATTRIBUTE");
    assert_eq!(number.field("/parameters"), json!(["name"]));
    assert_eq!(number.field("/badRequestDetail/fields/0/field"), "name");
    long.assert_error(400, "INVALID_ATTRIBUTE");
    slash.assert_error(400, "INVALID_ATTRIBUTE");
    list.assert_error(400, "MALFORMED_JSON");
}

#[tokio::test]
async fn cluster_list_covers_all_projects() {
    let atlas = Atlas::demo().await;

    let response = atlas.get("/api/atlas/v2/clusters").await;

    assert_eq!(response.field("/totalCount"), 8);
    assert_eq!(response.field("/results/0/groupName"), "Storefront");
    assert_eq!(response.field("/results/0/orgName"), "Open Meadow Data");
    assert_eq!(response.field("/results/2/clusters/0/name"), "events");
    assert_eq!(
        response.field("/results/2/clusters/0/type"),
        "SHARDED_CLUSTER"
    );
    assert_eq!(response.field("/results/2/clusters/0/nodeCount"), 6);
}

#[tokio::test]
async fn system_status_names_the_callers_key() {
    let atlas = Atlas::demo().await;

    let response = atlas.get("/api/atlas/v2").await;

    assert_eq!(response.field("/appName"), "MongoDB Atlas");
    assert_eq!(
        response.field("/apiKey/publicKey"),
        atlas.simulator.public_key()
    );
}

#[tokio::test]
async fn organization_can_be_renamed() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let path = format!("/api/atlas/v2/orgs/{organization}");

    let renamed = atlas.patch(&path, json!({ "name": "Open Fields" })).await;

    assert_eq!(renamed.field("/name"), "Open Fields");
    assert_eq!(atlas.get(&path).await.field("/name"), "Open Fields");
}

#[tokio::test]
async fn tags_are_validated() {
    let atlas = Atlas::demo().await;
    let project = format!("{GROUPS}/{}", atlas.project("Sandbox"));
    let tags = |value: &str| json!({ "tags": [{ "key": "owner", "value": value }] });

    let slash = atlas.patch(&project, tags("test/test")).await;
    let long = atlas.patch(&project, tags(&"x".repeat(256))).await;
    let valid = atlas
        .patch(&project, tags("team@example.com; 1_a-b.c+d"))
        .await;

    let detail = slash.field("/detail").as_str().unwrap().to_owned();
    assert!(
        detail.contains("contains invalid characters. Allowable characters include"),
        "{detail}"
    );
    let detail = long.field("/detail").as_str().unwrap().to_owned();
    assert!(slash.status == 400 && long.status == 400, "{detail}");
    assert_eq!(valid.status, 200);
}

#[tokio::test]
async fn project_keeps_region_restrictions_and_is_deleted_twice() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let body = json!({
        "name": "Government", "orgId": organization, "regionUsageRestrictions": "GOV_REGIONS_ONLY",
    });

    let created = atlas.post(GROUPS, body).await;
    let path = format!("{GROUPS}/{}", created.field("/id").as_str().unwrap());
    let project = atlas.get(&path).await;
    let first = atlas.delete(&path).await;
    let second = atlas.delete(&path).await;
    atlas.simulator.advance(Duration::from_mins(2));
    let late = atlas.delete(&path).await;

    assert_eq!(
        project.field("/regionUsageRestrictions"),
        "GOV_REGIONS_ONLY"
    );
    assert_eq!((first.status, second.status, late.status), (202, 202, 404));
}

#[tokio::test]
async fn project_is_migrated_to_another_organization() {
    let atlas = Atlas::demo().await;
    let created = atlas
        .post("/api/atlas/v2/orgs", json!({ "name": "Branch" }))
        .await;
    let organization = created.field("/organization/id");
    let project = format!("{GROUPS}/{}", atlas.project("Sandbox"));

    let body = json!({ "destinationOrgId": organization });
    let migrated = atlas.post(&format!("{project}:migrate"), body).await;

    assert_eq!(migrated.field("/orgId"), organization);
    assert_eq!(atlas.get(&project).await.field("/orgId"), organization);
    let list = format!(
        "/api/atlas/v2/orgs/{}/groups",
        organization.as_str().unwrap()
    );
    assert_eq!(atlas.get(&list).await.field("/totalCount"), 1);
}
