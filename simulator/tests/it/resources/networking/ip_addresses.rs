//! IP addresses of clusters.

use crate::support::Atlas;

#[tokio::test]
async fn dedicated_clusters_have_an_address_for_each_host() {
    let atlas = Atlas::demo().await;
    let path = format!(
        "/api/atlas/v2/groups/{}/ipAddresses",
        atlas.project("Café Zürich")
    );

    let addresses = atlas.get(&path).await;

    let cluster = addresses.field("/services/clusters/0");
    assert_eq!(cluster["clusterName"], "reservations");
    assert_eq!(cluster["inbound"].as_array().unwrap().len(), 3);
    assert_eq!(cluster["inbound"], cluster["outbound"]);
    assert_eq!(atlas.get(&path).await.json(), addresses.json());
}
