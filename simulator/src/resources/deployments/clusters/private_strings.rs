//! Connection strings of a cluster for private endpoints and peered networks.

use serde_json::{Map, Value, json};

use super::addresses::{Addresses, host_code};
use crate::generic::progress;
use crate::resources::cloud_providers::CLOUD_PROVIDERS;
use crate::resources::networking::private_endpoints::atlas_region;
use crate::state::{Cluster, ClusterType, Record, State};
use jiff::Timestamp;

/// An available private endpoint in a region of the cluster.
struct Endpoint {
    provider: &'static str,
    region: String,
    id: String,
}

/// Adds the connection strings for private endpoints and peering connections.
pub(super) fn add(
    state: &State,
    project: &str,
    cluster: &Cluster,
    now: Timestamp,
    document: &mut Value,
) {
    if Addresses::of(cluster).is_none() || cluster.is_tenant() {
        return;
    }
    let endpoints = find_endpoints(state, project, cluster, now);
    let Some(strings) = document["connectionStrings"].as_object_mut() else {
        return;
    };
    if !endpoints.is_empty() {
        add_endpoints(cluster, &endpoints, strings);
    }
    if is_peered(state, project, cluster, now) {
        let (code, name) = host_code(cluster);
        let hosts: Vec<_> = (0..3)
            .map(|node| format!("{name}-shard-00-0{node}-pri.{code}.mongodb.example:27017"))
            .collect();
        let hosts = hosts.join(",");
        let options = render_options(cluster, &code);
        strings.insert(
            "private".to_owned(),
            json!(format!("mongodb://{hosts}/{options}")),
        );
        let srv = format!("mongodb+srv://{name}-pri.{code}.mongodb.example");
        strings.insert("privateSrv".to_owned(), json!(srv));
    }
}

fn render_options(cluster: &Cluster, code: &str) -> String {
    let mut options = "?ssl=true&authSource=admin".to_owned();
    if cluster.kind == ClusterType::ReplicaSet {
        options = format!("{options}&replicaSet=atlas-{code}-shard-0");
    }
    options
}

fn add_endpoints(cluster: &Cluster, endpoints: &[Endpoint], strings: &mut Map<String, Value>) {
    let (code, name) = host_code(cluster);
    let is_sharded = cluster.kind != ClusterType::ReplicaSet;
    let options = render_options(cluster, &code);
    let mut private = Vec::new();
    let (mut links, mut srv_links) = (Map::new(), Map::new());
    for (index, endpoint) in endpoints.iter().enumerate() {
        let region = endpoint.region.to_lowercase().replace('_', "-");
        let hosts: Vec<_> = (0..3)
            .map(|node| format!("pl-{index}-{region}.{code}.mongodb.example:{}", 1024 + node))
            .collect();
        let string = format!("mongodb://{}/{options}", hosts.join(","));
        let srv = format!("mongodb+srv://{name}-pl-{index}.{code}.mongodb.example");
        let mut entry = json!({
            "connectionString": string,
            "endpoints": [{
                "endpointId": endpoint.id,
                "providerName": endpoint.provider,
                "region": endpoint.region,
            }],
            "srvConnectionString": srv,
            "type": if is_sharded { "MONGOS" } else { "MONGOD" },
        });
        if is_sharded {
            let optimized = format!("mongodb+srv://{name}-pl-{index}-lb.{code}.mongodb.example");
            entry["srvShardOptimizedConnectionString"] = json!(optimized);
        }
        private.push(entry);
        if endpoint.provider == "AWS" {
            links.insert(endpoint.id.clone(), json!(string));
            srv_links.insert(endpoint.id.clone(), json!(srv));
        }
    }
    strings.insert("privateEndpoint".to_owned(), Value::Array(private));
    if !links.is_empty() {
        strings.insert("awsPrivateLink".to_owned(), Value::Object(links));
        strings.insert("awsPrivateLinkSrv".to_owned(), Value::Object(srv_links));
    }
}

/// Returns the available private endpoints in the regions of a cluster.
fn find_endpoints(
    state: &State,
    project: &str,
    cluster: &Cluster,
    now: Timestamp,
) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    for provider in CLOUD_PROVIDERS {
        let collection = format!("/groups/{project}/privateEndpoint/{provider}/endpointService");
        for service in state.store.list(&collection) {
            let region = atlas_region(service.string("regionName"));
            let mut regions = cluster.shards.iter().flat_map(|shard| &shard.regions);
            if !regions.any(|other| other.provider == provider && other.name == region) {
                continue;
            }
            let records = state
                .store
                .list(&format!("{collection}/{}/endpoint", service.key));
            let available = records
                .iter()
                .filter(|endpoint| is_finished(ENDPOINTS, endpoint, now));
            endpoints.extend(available.map(|endpoint| Endpoint {
                provider,
                region: region.clone(),
                id: endpoint.key.clone(),
            }));
        }
    }
    endpoints
}

/// Path of the endpoints of a service.
const ENDPOINTS: &str = "/endpointService/{endpointServiceId}/endpoint";

fn is_finished(collection: &str, record: &Record, now: Timestamp) -> bool {
    progress::end(collection, record).is_some_and(|end| end <= now)
}

/// Returns `true` if the cluster's network has an available peering connection.
fn is_peered(state: &State, project: &str, cluster: &Cluster, now: Timestamp) -> bool {
    let mut peers = state.store.list(&format!("/groups/{project}/peers")).iter();
    peers.any(|peer| {
        let mut regions = cluster.shards.iter().flat_map(|shard| &shard.regions);
        progress::is_in_state("/peers", peer, "AVAILABLE", now)
            && regions.any(|region| region.provider == peer.string("providerName"))
    })
}
