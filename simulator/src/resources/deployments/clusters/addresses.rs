//! Host names, processes and connection strings of clusters.

use serde_json::{Map, Value, json};

use crate::generic::parents::ROUTER_PORT;
use crate::state::{Cluster, ClusterType, StateName, derived_id};

/// Number of hosts of a shard in connection strings.
const HOSTS_PER_SHARD: usize = 3;
/// Port of data-bearing processes.
const DATA_PORT: u16 = 27017;

/// The connection strings of a cluster.
pub(super) struct Addresses {
    /// The hosts, without options.
    pub(super) seeds: String,
    pub(super) standard: String,
    pub(super) srv: String,
}

impl Addresses {
    /// Returns the connection strings of a cluster, or `None` if it has none yet.
    pub(super) fn of(cluster: &Cluster) -> Option<Self> {
        if !cluster.has_addresses || cluster.lifecycle.state() == StateName::Creating {
            return None;
        }
        let (code, srv) = render_srv(cluster);
        let name = cluster.name.to_lowercase();
        let host = |shard: usize, node: usize, port: u16| {
            format!("{name}-shard-{shard:02}-{node:02}.{code}.mongodb.example:{port}")
        };
        let is_sharded = cluster.kind != ClusterType::ReplicaSet;
        let port = if is_sharded { ROUTER_PORT } else { DATA_PORT };
        let shards = cluster.shards.len();
        let hosts: Vec<_> = (0..shards)
            .flat_map(|shard| (0..HOSTS_PER_SHARD).map(move |node| (shard, node)))
            .map(|(shard, node)| host(shard, node, port))
            .collect();
        let seeds = format!("mongodb://{}", hosts.join(","));
        let mut standard = format!("{seeds}/?ssl=true&authSource=admin");
        if !is_sharded {
            standard = format!("{standard}&replicaSet=atlas-{code}-shard-0");
        }
        Some(Self {
            seeds,
            standard,
            srv,
        })
    }
}

/// Returns the code and the name that the host names of a cluster contain.
pub(super) fn host_code(cluster: &Cluster) -> (String, String) {
    let mut code = derived_id(&cluster.id);
    code.truncate(6);
    (code, cluster.name.to_lowercase())
}

/// Returns the code in a cluster's host names, and the cluster's `mongodb+srv` address.
fn render_srv(cluster: &Cluster) -> (String, String) {
    let (code, name) = host_code(cluster);
    let address = format!("mongodb+srv://{name}.{code}.mongodb.example");
    (code, address)
}

/// Returns the host names and ports of the nodes of a cluster with connection strings.
pub(crate) fn list_hosts(cluster: &Cluster) -> Vec<(String, u16)> {
    let seeds = Addresses::of(cluster).map_or_else(String::new, |addresses| addresses.seeds);
    let hosts = seeds.trim_start_matches("mongodb://").split(',');
    hosts
        .filter_map(|host| {
            let (name, port) = host.split_once(':')?;
            Some((name.to_owned(), port.parse().ok()?))
        })
        .collect()
}

/// A process of a cluster.
pub(crate) struct Node {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The `typeName` of the process.
    pub(crate) kind: &'static str,
    /// The shard number in the replica set name; `None` for config servers and routers.
    pub(crate) shard: Option<usize>,
}

/// Returns the processes of a cluster with connection strings. Each host of a sharded cluster runs
/// a router and a data-bearing process.
pub(crate) fn list_nodes(cluster: &Cluster) -> Vec<Node> {
    let hosts = list_hosts(cluster);
    if cluster.kind == ClusterType::ReplicaSet {
        let data = hosts.into_iter().enumerate();
        let kinds = ["REPLICA_PRIMARY", "REPLICA_SECONDARY"];
        return data
            .map(|(index, host)| data_node(host, index, 0, kinds))
            .collect();
    }
    let routers = hosts.iter().map(|(host, port)| Node {
        host: host.clone(),
        port: *port,
        kind: "SHARD_MONGOS",
        shard: None,
    });
    let mut nodes: Vec<_> = routers.collect();
    let (code, name) = host_code(cluster);
    nodes.extend((0..HOSTS_PER_SHARD).map(|node| Node {
        host: format!("{name}-config-00-{node:02}.{code}.mongodb.example"),
        port: DATA_PORT,
        kind: "SHARD_CONFIG",
        shard: None,
    }));
    let kinds = ["SHARD_PRIMARY", "SHARD_SECONDARY"];
    nodes.extend(hosts.into_iter().enumerate().map(|(index, (host, _))| {
        let (shard, node) = (index / HOSTS_PER_SHARD, index % HOSTS_PER_SHARD);
        data_node((host, DATA_PORT), node, shard, kinds)
    }));
    nodes
}

fn data_node(
    (host, port): (String, u16),
    index: usize,
    shard: usize,
    [primary, secondary]: [&'static str; 2],
) -> Node {
    Node {
        host,
        port,
        kind: if index == 0 { primary } else { secondary },
        shard: Some(shard),
    }
}

/// Returns the `connectionStrings` of a cluster, without the connection strings for private endpoints.
pub(super) fn render_connection_strings(cluster: &Cluster) -> Value {
    let mut strings = Map::new();
    if cluster.kind != ClusterType::ReplicaSet {
        strings.insert("awsPrivateLinkSrv".to_owned(), json!({}));
        strings.insert("privateEndpoint".to_owned(), json!([]));
    }
    if let Some(addresses) = Addresses::of(cluster) {
        strings.insert("standard".to_owned(), json!(addresses.standard));
        strings.insert("standardSrv".to_owned(), json!(addresses.srv));
    } else if cluster.is_tenant() {
        // Free and shared clusters have an address already during their creation.
        let (_, srv) = render_srv(cluster);
        strings.insert("standardSrv".to_owned(), json!(srv));
    }
    Value::Object(strings)
}
