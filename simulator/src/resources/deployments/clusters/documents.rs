//! A cluster as the versions since 2023-02-01 show it.

use serde_json::{Map, Value, json};

use super::region_documents::{Disk, region, region_with_effect};
use crate::call::Call;
use crate::resources::{link, tags_document, with_parts};
use crate::state::clock::written;
use crate::state::{Cluster, ClusterType, Region, Shard, StateName, derived_id};

/// The carried attribute that older forms do not show.
const REDACTS: &str = "redactClientLogData";

/// What a cluster does not show while another one is to take its place.
const INITIAL_SYNC: &str = "useAwsTimeBasedSnapshotCopyForFastInitialSync";

/// The form of 2023-02-01: one specification a zone, with the number of its shards.
pub(super) fn advanced(cluster: &Cluster, project: &str, call: &Call) -> Value {
    let mut zones: Vec<(&Shard, usize)> = Vec::new();
    for shard in &cluster.shards {
        match zones
            .iter_mut()
            .find(|(first, _)| first.zone_id == shard.zone_id)
        {
            Some((_, count)) => *count += 1,
            None => zones.push((shard, 1)),
        }
    }
    let specs = zones.into_iter().map(|(shard, count)| {
        let regions = shard.regions.iter();
        let document = json!({
            "id": shard.spec_id,
            "numShards": count,
            "zoneId": shard.zone_id,
            "zoneName": shard.zone_name,
        });
        let regions = regions.map(|it| region(it, Disk::OfCluster)).collect();
        with_parts(document, [("regionConfigs", regions)])
    });
    let mut document = common(cluster, project, call, "/api/atlas/v2");
    document.insert("diskSizeGB".to_owned(), json!(cluster.disk_size));
    document.insert("replicationSpecs".to_owned(), specs.collect());
    Value::Object(document)
}

/// The form since 2024-08-05: one specification a shard.
pub(super) fn current(cluster: &Cluster, project: &str, call: &Call) -> Value {
    let disk = Disk::OfNode(cluster.disk_size);
    let specs = |render: &dyn Fn(&Region) -> Value| {
        let shards = cluster.shards.iter().map(|shard| {
            let document = json!({
                "id": shard.id,
                "zoneId": shard.zone_id,
                "zoneName": shard.zone_name,
            });
            let regions = shard.regions.iter().map(render).collect();
            with_parts(document, [("regionConfigs", regions)])
        });
        shards.collect::<Value>()
    };
    let mut document = common(cluster, project, call, "/api/atlas/v2");
    let effective = specs(&|it| region(it, disk));
    document.insert("effectiveReplicationSpecs".to_owned(), effective);
    let specs = specs(&|it| region_with_effect(it, disk));
    document.insert("replicationSpecs".to_owned(), specs);
    let own = json!({
        "adaptiveCapacity": null,
        "effectiveDatabaseEdition": "CORE",
        "featureCompatibilityVersion": cluster.settings.major_version,
        "internalClusterRole": "NONE",
        "redactClientLogData": cluster.settings.carried.get(REDACTS),
        "retainBackups": cluster.retains_backups,
    });
    if let Value::Object(own) = own {
        document.extend(own);
    }
    if cluster.upgrade.is_none() {
        document.insert(INITIAL_SYNC.to_owned(), json!(false));
    }
    Value::Object(document)
}

/// The fields all forms share.
pub(super) fn common(
    cluster: &Cluster,
    project: &str,
    call: &Call,
    root: &str,
) -> Map<String, Value> {
    let settings = &cluster.settings;
    let document = json!({
        "backupEnabled": settings.backup_enabled,
        "biConnector": {
            "enabled": settings.bi_connector_enabled,
            "readPreference": settings.bi_connector_reads,
        },
        "clusterType": cluster.kind.word(),
        "createDate": written(cluster.created),
        "encryptionAtRestProvider": settings.encryption_provider,
        "groupId": project,
        "id": cluster.id,
        "labels": tags_document(&settings.labels),
        "mongoDBMajorVersion": settings.major_version,
        "mongoDBVersion": settings.full_version(),
        "name": cluster.name,
        "paused": cluster.lifecycle.is_paused(),
        "pitEnabled": settings.pit_enabled,
        "stateName": cluster.lifecycle.state().word(),
        "tags": tags_document(&settings.tags),
        "terminationProtectionEnabled": settings.termination_protection,
        "versionReleaseSystem": settings.version_release_system,
    });
    let Value::Object(mut document) = document else {
        return Map::new();
    };
    if let Some(strategy) = &settings.scaling_strategy {
        document.insert("replicaSetScalingStrategy".to_owned(), json!(strategy));
    }
    if cluster.kind != ClusterType::ReplicaSet {
        document.insert(
            "configServerManagementMode".to_owned(),
            json!("ATLAS_MANAGED"),
        );
        document.insert("configServerType".to_owned(), json!("EMBEDDED"));
    }
    let addresses = connection_strings(cluster);
    document.insert("connectionStrings".to_owned(), addresses);
    document.insert("links".to_owned(), links(cluster, project, call, root));
    document.extend(carried(cluster));
    document
}

/// The attributes that are only kept, as far as every form shows them.
fn carried(cluster: &Cluster) -> impl Iterator<Item = (String, Value)> {
    let is_shown = |name: &str| match name {
        REDACTS => false,
        "advancedConfiguration" => !cluster.is_tenant(),
        _ => true,
    };
    let carried = cluster
        .settings
        .carried
        .iter()
        .filter(move |(name, _)| is_shown(name));
    carried.map(|(name, value)| (name.clone(), value.clone()))
}

fn links(cluster: &Cluster, project: &str, call: &Call, root: &str) -> Value {
    let path = format!("{root}/groups/{project}/clusters/{}", cluster.name);
    let backup = |name: &str| {
        let relation = format!("https://cloud.mongodb.com/{name}");
        link(call, &format!("{path}/backup/{name}"), &relation)
    };
    Value::Array(vec![
        link(call, &path, "self"),
        backup("restoreJobs"),
        backup("snapshots"),
    ])
}

/// The addresses of a cluster, in the three ways they are written.
pub(super) struct Addresses {
    /// The seeds, without options.
    pub(super) seeds: String,
    pub(super) standard: String,
    pub(super) srv: String,
}

impl Addresses {
    /// The addresses, once there are any.
    pub(super) fn of(cluster: &Cluster) -> Option<Self> {
        if !cluster.has_addresses || cluster.lifecycle.state() == StateName::Creating {
            return None;
        }
        let (code, srv) = srv(cluster);
        let name = cluster.name.to_lowercase();
        let host = |shard: usize, node: usize, port: u16| {
            format!("{name}-shard-{shard:02}-{node:02}.{code}.mongodb.example:{port}")
        };
        let is_sharded = cluster.kind != ClusterType::ReplicaSet;
        let port = if is_sharded { 27016 } else { 27017 };
        let shards = cluster.shards.len();
        let hosts: Vec<_> = (0..shards)
            .flat_map(|shard| (0..3).map(move |node| (shard, node)))
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

/// The code in the names of a cluster's nodes, and the address that stands for all of them.
fn srv(cluster: &Cluster) -> (String, String) {
    let mut code = derived_id(&cluster.id);
    code.truncate(6);
    let name = cluster.name.to_lowercase();
    let address = format!("mongodb+srv://{name}.{code}.mongodb.example");
    (code, address)
}

/// The nodes of a cluster that has addresses: host names and ports.
pub(crate) fn hosts(cluster: &Cluster) -> Vec<(String, u16)> {
    let seeds = Addresses::of(cluster).map_or_else(String::new, |it| it.seeds);
    let hosts = seeds.trim_start_matches("mongodb://").split(',');
    hosts
        .filter_map(|host| {
            let (name, port) = host.split_once(':')?;
            Some((name.to_owned(), port.parse().ok()?))
        })
        .collect()
}

fn connection_strings(cluster: &Cluster) -> Value {
    let mut strings = Map::new();
    if cluster.kind != ClusterType::ReplicaSet {
        strings.insert("awsPrivateLinkSrv".to_owned(), json!({}));
        strings.insert("privateEndpoint".to_owned(), json!([]));
    }
    if let Some(addresses) = Addresses::of(cluster) {
        strings.insert("standard".to_owned(), json!(addresses.standard));
        strings.insert("standardSrv".to_owned(), json!(addresses.srv));
    } else if cluster.is_tenant() {
        // A slice of a server that is there already has its name from the start.
        let (_, srv) = srv(cluster);
        strings.insert("standardSrv".to_owned(), json!(srv));
    }
    Value::Object(strings)
}
