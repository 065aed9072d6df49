//! Identifiers of private endpoints.

use std::time::Duration;

use serde_json::json;

use super::round_trip::{GROUPS, PROJECT, start};

#[tokio::test]
async fn aws_endpoint_is_identified_by_its_id() {
    let atlas = start().await;
    let root = format!("{GROUPS}/{}/privateEndpoint", atlas.project(PROJECT));
    let body = json!({ "providerName": "AWS", "region": "US_EAST_1" });
    let service = atlas
        .post(&format!("{root}/endpointService"), body)
        .await
        .json();
    let service = format!(
        "{root}/AWS/endpointService/{}",
        service["id"].as_str().unwrap()
    );
    let endpoints = format!("{service}/endpoint");
    let body = json!({ "id": "vpce-0123456789abcdef0" });

    let connected = atlas.post(&endpoints, body.clone()).await.json();
    assert_eq!(connected["interfaceEndpointId"], body["id"]);
    assert_eq!(connected["connectionStatus"], "PENDING_ACCEPTANCE");
    let duplicate = atlas.post(&endpoints, body.clone()).await;
    duplicate.assert_error(409, "PRIVATELINK_INTERFACE_ENDPOINT_ALREADY_EXISTS");

    atlas.simulator.advance(Duration::from_mins(1));
    let endpoint = format!("{endpoints}/vpce-0123456789abcdef0");
    let read = atlas.get(&endpoint).await.json();
    assert_eq!(read["connectionStatus"], "AVAILABLE");
    let connected_service = atlas.get(&service).await.json();
    assert_eq!(connected_service["interfaceEndpoints"], json!([body["id"]]));

    let rejected = atlas.delete(&service).await;
    rejected.assert_error(409, "CANNOT_DELETE_PRIVATELINK_WITH_ENDPOINTS");
    assert_eq!(atlas.delete(&endpoint).await.status, 204);
    assert_eq!(
        atlas.get(&service).await.field("/interfaceEndpoints"),
        json!([])
    );
    assert_eq!(atlas.delete(&service).await.status, 202);
}

#[tokio::test]
async fn azure_and_gcp_endpoints_are_identified_by_their_names() {
    let atlas = start().await;
    let root = format!("{GROUPS}/{}/privateEndpoint", atlas.project(PROJECT));
    let resource = "/subscriptions/01234567-0123-4567-89ab-0123456789ab/resourceGroups/shop/\
                    providers/Microsoft.Network/privateEndpoints/shop";
    let azure = json!({ "id": resource, "privateEndpointIPAddress": "10.0.0.4" });
    let google = json!({
        "endpointGroupName": "shop", "gcpProjectId": "p-0123456789abcdef01234567",
        "endpoints": [{ "endpointName": "shop-0", "ipAddress": "10.0.0.5" }],
    });
    for (provider, region, endpoint, field, list) in [
        (
            "AZURE",
            "US_EAST_2",
            azure,
            "privateEndpointResourceId",
            "privateEndpoints",
        ),
        (
            "GCP",
            "US_EAST_4",
            google,
            "endpointGroupName",
            "endpointGroupNames",
        ),
    ] {
        let body = json!({ "providerName": provider, "region": region });
        let service = atlas
            .post(&format!("{root}/endpointService"), body)
            .await
            .json();
        let service = format!(
            "{root}/{provider}/endpointService/{}",
            service["id"].as_str().unwrap()
        );

        let connected = atlas
            .post(&format!("{service}/endpoint"), endpoint)
            .await
            .json();

        let connected_service = atlas.get(&service).await.json();
        assert_eq!(
            connected_service[list],
            json!([connected[field]]),
            "{provider}"
        );
        let name = connected[field].as_str().unwrap().replace('/', "%2F");
        let read = atlas
            .get(&format!("{service}/endpoint/{name}"))
            .await
            .json();
        assert_eq!(read[field], connected[field], "{provider}");
    }
}
