//! Clusters in the forms since 2023-02-01.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::region_documents::{Disk, Specs, region, region_with_effective_specs};
use crate::call::Call;
use crate::resources::{link, tags_document, with_parts};
use crate::state::clock::format_time;
use crate::state::{Cluster, ClusterType, Region, Settings, Shard, StateName, derived_id};

/// Passthrough attribute that older forms lack.
const REDACTS: &str = "redactClientLogData";

/// Field with the feature compatibility version.
const COMPATIBILITY_VERSION: &str = "featureCompatibilityVersion";
/// Optional attribute of sharded clusters.
const CONFIG_SERVERS: &str = "configServerManagementMode";
/// Optional attribute with the date of a forced reconfiguration.
const FORCED_RECONFIGURATION: &str = "acceptDataRisksAndForceReplicaSetReconfig";
/// Field that a cluster lacks during an upgrade.
const INITIAL_SYNC: &str = "useAwsTimeBasedSnapshotCopyForFastInitialSync";

/// Renders the form of 2023-02-01: one replication spec for each zone, with the number of its shards.
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
        let regions = regions
            .map(|config| region(config, Disk::OfCluster, requested_specs(call)))
            .collect();
        with_parts(document, [("regionConfigs", regions)])
    });
    let mut document = common(cluster, project, call, "/api/atlas/v2");
    document.insert("diskSizeGB".to_owned(), json!(cluster.disk_size));
    document.insert("replicationSpecs".to_owned(), specs.collect());
    Value::Object(document)
}

/// Renders the form since 2024-08-05: one replication spec for each shard.
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
    let effective = specs(&|config| region(config, disk, Specs::Running));
    document.insert("effectiveReplicationSpecs".to_owned(), effective);
    let shown = requested_specs(call);
    let specs = specs(&|config| region_with_effective_specs(config, disk, shown));
    document.insert("replicationSpecs".to_owned(), specs);
    let own = json!({
        "adaptiveCapacity": cluster.settings.optional.get("adaptiveCapacity"),
        "effectiveDatabaseEdition": "CORE",
        COMPATIBILITY_VERSION: cluster.settings.compatibility_version(call.now),
        "internalClusterRole": "NONE",
        "redactClientLogData": cluster.settings.passthrough.get(REDACTS),
        "retainBackups": cluster.retains_backups,
    });
    if let Value::Object(own) = own {
        document.extend(own);
    }
    if cluster.upgrade.is_none() {
        let value = cluster.settings.optional.get(INITIAL_SYNC);
        document.insert(INITIAL_SYNC.to_owned(), json!(value));
    }
    Value::Object(document)
}

/// Returns the hardware that a response shows, by the header of the request.
const fn requested_specs(call: &Call) -> Specs {
    if call.shows_requested_specs {
        Specs::Requested
    } else {
        Specs::Running
    }
}

/// Renders the fields that all forms have.
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
        "clusterType": cluster.kind.name(),
        "createDate": format_time(cluster.created),
        "encryptionAtRestProvider": settings.encryption_provider,
        "groupId": project,
        "id": cluster.id,
        "labels": tags_document(&settings.labels),
        "mongoDBMajorVersion": settings.major_version,
        "mongoDBVersion": settings.full_version(),
        "name": cluster.name,
        "paused": cluster.lifecycle.is_paused(),
        "pitEnabled": settings.pit_enabled,
        "stateName": cluster.lifecycle.state().name(),
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
        let mode = settings.optional.get(CONFIG_SERVERS);
        let is_dedicated = mode.is_some_and(|mode| mode == "FIXED_TO_DEDICATED");
        let kind = if is_dedicated {
            "DEDICATED"
        } else {
            "EMBEDDED"
        };
        document.insert(CONFIG_SERVERS.to_owned(), json!(mode));
        document.insert("configServerType".to_owned(), json!(kind));
    }
    if let Some(date) = settings.optional.get(FORCED_RECONFIGURATION) {
        document.insert(FORCED_RECONFIGURATION.to_owned(), date.clone());
    }
    document.extend(grants(settings, call.now));
    let strings = connection_strings(cluster);
    document.insert("connectionStrings".to_owned(), strings);
    document.insert("links".to_owned(), links(cluster, project, call, root));
    document.extend(passthrough(cluster));
    document
}

/// Returns the pinned feature compatibility version and the access of employees.
fn grants(settings: &Settings, now: Timestamp) -> Map<String, Value> {
    let mut fields = Map::new();
    if let Some(pinned) = settings.pinned_at(now) {
        fields.insert(COMPATIBILITY_VERSION.to_owned(), json!(pinned.version));
        let name = "featureCompatibilityVersionExpirationDate";
        fields.insert(name.to_owned(), json!(format_time(pinned.expires)));
    }
    if let Some(access) = &settings.employee_access {
        let grant = json!({
            "expirationTime": format_time(access.expires),
            "grantType": access.kind,
        });
        fields.insert("mongoDBEmployeeAccessGrant".to_owned(), grant);
    }
    fields
}

/// Returns the passthrough attributes that every form has.
fn passthrough(cluster: &Cluster) -> impl Iterator<Item = (String, Value)> {
    let is_shown = |name: &str| match name {
        REDACTS => false,
        "advancedConfiguration" => !cluster.is_tenant(),
        _ => true,
    };
    let passthrough = cluster
        .settings
        .passthrough
        .iter()
        .filter(move |(name, _)| is_shown(name));
    passthrough.map(|(name, value)| (name.clone(), value.clone()))
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

/// The connection strings of a cluster.
pub(super) struct Addresses {
    /// The hosts, without options.
    pub(super) seeds: String,
    pub(super) standard: String,
    pub(super) srv: String,
}

impl Addresses {
    /// Returns the connection strings of a cluster that has any.
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

/// Returns the code and the name in the host names of a cluster.
pub(super) fn host_code(cluster: &Cluster) -> (String, String) {
    let mut code = derived_id(&cluster.id);
    code.truncate(6);
    (code, cluster.name.to_lowercase())
}

/// Returns the code in the host names of a cluster, and its `mongodb+srv` address.
fn srv(cluster: &Cluster) -> (String, String) {
    let (code, name) = host_code(cluster);
    let address = format!("mongodb+srv://{name}.{code}.mongodb.example");
    (code, address)
}

/// Returns the host names and ports of the nodes of a cluster with connection strings.
pub(crate) fn hosts(cluster: &Cluster) -> Vec<(String, u16)> {
    let seeds = Addresses::of(cluster).map_or_else(String::new, |addresses| addresses.seeds);
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
        // Free and shared clusters have their address during the creation.
        let (_, srv) = srv(cluster);
        strings.insert("standardSrv".to_owned(), json!(srv));
    }
    Value::Object(strings)
}
