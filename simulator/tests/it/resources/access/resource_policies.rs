//! Resource policies of an organization.

use serde_json::json;

use crate::support::Atlas;

const POLICY: &str = r#"forbid (principal, action == ResourcePolicy::Action::"cluster.modify", resource)
    when { context.cluster.cloudProviders.contains(ResourcePolicy::CloudProvider::"gcp") };"#;

#[tokio::test]
async fn policy_has_author_version_and_no_invented_description() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let policies = format!("/api/atlas/v2/orgs/{organization}/resourcePolicies");
    let body = json!({ "name": "no GCP", "policies": [{ "body": POLICY }] });

    let created = atlas.post(&policies, body).await;
    let path = format!("{policies}/{}", created.field("/id").as_str().unwrap());
    let described = atlas
        .patch(&path, json!({ "description": "all clouds" }))
        .await;
    let change = json!({ "description": "", "policies": [{ "body": POLICY }] });
    let changed = atlas.patch(&path, change).await;
    let deleted = atlas.delete(&path).await;
    let missing = atlas.get(&path).await;

    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(created.field("/version"), "v1");
    let name = atlas.simulator.public_key();
    assert_eq!(created.field("/createdByUser/name"), name);
    assert!(created.json().get("description").is_none());
    assert_eq!(described.field("/description"), "all clouds");
    assert!(changed.json().get("description").is_none());
    assert_ne!(
        changed.field("/policies/0/id"),
        created.field("/policies/0/id")
    );
    assert_eq!((deleted.status, deleted.text.as_str()), (200, "{}"));
    assert_eq!(missing.status, 404);
    assert_eq!(missing.field("/errorCode"), "RESOURCE_POLICY_NOT_FOUND");
    assert_eq!(missing.field("/status"), "ERROR");
}

#[tokio::test]
async fn invalid_policies_are_rejected_with_the_position() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let policies = format!("/api/atlas/v2/orgs/{organization}/resourcePolicies");
    let send = async |body: String| {
        let body = json!({ "name": "invalid", "policies": [{ "body": body }] });
        atlas.post(&policies, body).await
    };

    let syntax = send(POLICY.replace("\", resource", "\" resource")).await;
    let provider = send(POLICY.replace("gcp", "aws222")).await;

    let detail = syntax.assert_error(400, "INVALID_RESOURCE_POLICY");
    assert!(detail.contains("unexpected token `resource`"), "{detail}");
    let detail = provider.assert_error(400, "INVALID_RESOURCE_POLICY");
    assert!(
        detail.contains("entity id aws222 does not exist"),
        "{detail}"
    );
}
