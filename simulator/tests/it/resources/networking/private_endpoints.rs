//! Private endpoint services, endpoints and connection strings.

use std::time::Duration;

use serde_json::{Value, json};

use crate::resources::deployments::hardware::{region, replica_set};
use crate::support::Atlas;

const PROJECT: &str = "Empty Lot";
const MINUTE: Duration = Duration::from_mins(1);

fn group(atlas: &Atlas) -> String {
    atlas.clusters(PROJECT).replace("/clusters", "")
}

/// Creates a service and returns its path and the response.
async fn create_service(atlas: &Atlas, provider: &str, region: &str) -> (String, Value) {
    let root = format!("{}/privateEndpoint", group(atlas));
    let body = json!({ "providerName": provider, "region": region });
    let created = atlas.post(&format!("{root}/endpointService"), body).await;
    assert_eq!(created.status, 201, "{created:?}");
    let id = created.field("/id");
    let path = format!("{root}/{provider}/endpointService/{}", id.as_str().unwrap());
    (path, created.json())
}

#[tokio::test]
async fn service_has_its_network_names_once_available() {
    for (provider, region, field) in [
        ("AWS", "US_EAST_1", "endpointServiceName"),
        ("AZURE", "US_EAST_2", "privateLinkServiceResourceId"),
    ] {
        let atlas = Atlas::demo().await;
        let (path, created) = create_service(&atlas, provider, region).await;
        let initiating = atlas.get(&path).await;
        atlas.simulator.advance(MINUTE);
        let available = atlas.get(&path).await;

        assert_eq!(created["status"], "INITIATING");
        assert_eq!(created[field], Value::Null, "{created}");
        assert_eq!(initiating.field(&format!("/{field}")), Value::Null);
        assert_eq!(available.field("/status"), "AVAILABLE");
        let name = available.field(&format!("/{field}"));
        assert!(!name.as_str().unwrap().contains("simulated"), "{name}");
    }
}

#[tokio::test]
async fn gcp_service_has_service_attachments_once_available() {
    let atlas = Atlas::demo().await;
    let (path, created) = create_service(&atlas, "GCP", "CENTRAL_US").await;
    atlas.simulator.advance(MINUTE);
    let available = atlas.get(&path).await;

    assert_eq!(created["serviceAttachmentNames"], json!([]));
    let names = available.field("/serviceAttachmentNames");
    assert!(!names.as_array().unwrap().is_empty());
}

#[tokio::test]
async fn service_rejects_unknown_region_and_duplicate() {
    let atlas = Atlas::demo().await;
    let services = format!("{}/privateEndpoint/endpointService", group(&atlas));
    create_service(&atlas, "AWS", "US_EAST_1").await;
    let body = |provider: &str, region: &str| json!({ "providerName": provider, "region": region });

    for (provider, region) in [
        ("AWS", "NOWHERE"),
        ("AZURE", "NOWHERE"),
        ("GCP", "US_EAST_1"),
    ] {
        let rejected = atlas.post(&services, body(provider, region)).await;
        assert_eq!(
            rejected.assert_error(400, "INVALID_REGION"),
            format!("No region {region} exists for provider {provider}.")
        );
    }
    let duplicate = atlas.post(&services, body("AWS", "US_EAST_1")).await;
    assert_eq!(
        duplicate.assert_error(409, "PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION"),
        "A private endpoint service already exists for AWS region US_EAST_1."
    );
    assert_eq!(duplicate.field("/parameters"), json!(["AWS", "US_EAST_1"]));
    let other = atlas.post(&services, body("AZURE", "US_EAST_2")).await;
    assert_eq!(other.status, 201);
}

#[tokio::test]
async fn aws_endpoint_requires_an_interface_endpoint_id() {
    let atlas = Atlas::demo().await;
    let (path, _) = create_service(&atlas, "AWS", "US_EAST_1").await;
    let endpoints = format!("{path}/endpoint");

    let malformed = atlas.post(&endpoints, json!({ "id": "eni-0123" })).await;
    let id = json!({ "id": "vpce-0a1b2c3d4e5f60718" });
    let created = atlas.post(&endpoints, id.clone()).await;
    let duplicate = atlas.post(&endpoints, id).await;
    let deletion = atlas.delete(&path).await;

    malformed.assert_error(404, "PRIVATELINK_INTERFACE_ENDPOINT_ID_MALFORMED");
    assert_eq!(created.status, 200, "{created:?}");
    duplicate.assert_error(409, "PRIVATELINK_INTERFACE_ENDPOINT_ALREADY_EXISTS");
    deletion.assert_error(409, "CANNOT_DELETE_PRIVATELINK_WITH_ENDPOINTS");
}

#[tokio::test]
async fn deletion_of_a_service_returns_202() {
    let atlas = Atlas::demo().await;
    let (path, _) = create_service(&atlas, "AWS", "US_EAST_1").await;

    let deleted = atlas.delete(&path).await;
    let missing = atlas.get(&path).await;

    assert_eq!((deleted.status, deleted.text.as_str()), (202, "{}"));
    missing.assert_error(404, "PRIVATELINK_NOT_FOUND");
}

#[tokio::test]
async fn available_endpoint_adds_connection_strings_of_its_region() {
    let atlas = Atlas::demo().await;
    let clusters = atlas.clusters(PROJECT);
    for (name, region_name) in [("near", "US_EAST_1"), ("far", "EU_WEST_1")] {
        let mut cluster = replica_set(&[region("AWS", region_name, "M10")]);
        cluster["name"] = json!(name);
        assert_eq!(atlas.post(&clusters, cluster).await.status, 201);
    }
    atlas.simulator.advance(MINUTE * 10);
    let (path, _) = create_service(&atlas, "AWS", "us-east-1").await;
    atlas.simulator.advance(MINUTE);
    let id = "vpce-0a1b2c3d4e5f60718";
    let endpoints = format!("{path}/endpoint");
    atlas.post(&endpoints, json!({ "id": id })).await;
    let near = format!("{clusters}/near");

    let pending = atlas.get(&near).await.field("/connectionStrings");
    atlas.simulator.advance(MINUTE);
    let available = atlas.get(&near).await.field("/connectionStrings");
    let far = atlas
        .get(&format!("{clusters}/far"))
        .await
        .field("/connectionStrings");

    assert!(pending.get("privateEndpoint").is_none());
    let entry = &available["privateEndpoint"][0];
    assert_eq!(entry["type"], "MONGOD");
    assert_eq!(
        entry["endpoints"],
        json!([{ "endpointId": id, "providerName": "AWS", "region": "US_EAST_1" }])
    );
    assert_eq!(available["awsPrivateLink"][id], entry["connectionString"]);
    assert_eq!(
        available["awsPrivateLinkSrv"][id],
        entry["srvConnectionString"]
    );
    assert!(far.get("privateEndpoint").is_none());
}

#[tokio::test]
async fn data_federation_endpoint_becomes_ok() {
    let atlas = Atlas::demo().await;
    let path = format!("{}/privateNetworkSettings/endpointIds", group(&atlas));
    let body = json!({ "endpointId": "vpce-0123456789abcdef0", "type": "DATA_LAKE" });

    let created = atlas.post(&path, body).await;
    atlas.simulator.advance(MINUTE);
    let endpoint = atlas.get(&format!("{path}/vpce-0123456789abcdef0")).await;
    let rejected = atlas.delete(&group(&atlas)).await;

    assert_eq!(created.field("/results/0/status"), "PENDING");
    assert_eq!(endpoint.field("/status"), "OK");
    let code = "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_DATA_FEDERATION_PRIVATE_ENDPOINTS";
    rejected.assert_error(409, code);
}

#[tokio::test]
async fn project_with_a_service_cannot_be_deleted() {
    let atlas = Atlas::demo().await;
    let (path, _) = create_service(&atlas, "AWS", "US_EAST_1").await;

    let rejected = atlas.delete(&group(&atlas)).await;
    atlas.delete(&path).await;
    let deleted = atlas.delete(&group(&atlas)).await;

    rejected.assert_error(
        409,
        "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_PRIVATE_ENDPOINT_SERVICES",
    );
    assert_eq!(deleted.status, 202, "{deleted:?}");
}

#[tokio::test]
async fn gcp_service_accepts_the_region_names_of_google_cloud() {
    let atlas = Atlas::demo().await;
    let services = format!("{}/privateEndpoint/endpointService", group(&atlas));

    for region in ["us-central1", "us-east4", "europe-west2"] {
        let body = json!({ "providerName": "GCP", "region": region });
        let created = atlas.post(&services, body).await;
        assert_eq!(created.status, 201, "{created:?}");
        assert_eq!(created.field("/regionName"), region);
    }
    let body = json!({ "providerName": "GCP", "region": "CENTRAL_US" });
    let duplicate = atlas.post(&services, body).await;
    duplicate.assert_error(409, "PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION");
}

#[tokio::test]
async fn available_endpoint_has_the_fields_of_its_provider_only() {
    let atlas = Atlas::demo().await;
    let (service, _) = create_service(&atlas, "AWS", "US_EAST_1").await;
    let endpoints = format!("{service}/endpoint");
    let id = "vpce-0123456789abcdef0";

    let created = atlas.post(&endpoints, json!({ "id": id })).await;
    atlas.simulator.advance(MINUTE);
    let endpoint = atlas.get(&format!("{endpoints}/{id}")).await;

    assert_eq!(endpoint.field("/connectionStatus"), "AVAILABLE");
    let names = |document: &Value| {
        document
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&endpoint.json()), names(&created.json()));
}
