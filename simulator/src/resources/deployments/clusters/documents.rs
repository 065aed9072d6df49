//! Renders clusters for the API versions since 2023-02-01.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::addresses::render_connection_strings;
use super::region_documents::{Disk, Specs, render_region, render_with_effective_specs};
use crate::call::Call;
use crate::resources::{render_link, render_tags, set_fields};
use crate::state::clock::format_time;
use crate::state::{Cluster, ClusterType, Region, Settings, Shard};

/// Passthrough attribute that responses of older API versions lack.
const REDACT_LOG_DATA: &str = "redactClientLogData";

/// Field with the feature compatibility version.
const COMPATIBILITY_VERSION: &str = "featureCompatibilityVersion";
/// Optional attribute of sharded clusters.
const CONFIG_SERVERS: &str = "configServerManagementMode";
/// Optional attribute with the date of a forced reconfiguration.
const FORCED_RECONFIGURATION: &str = "acceptDataRisksAndForceReplicaSetReconfig";
/// Field that a cluster lacks during an upgrade.
const INITIAL_SYNC: &str = "useAwsTimeBasedSnapshotCopyForFastInitialSync";

/// Renders a cluster for 2023-02-01: one replication spec for each zone, with the number of shards
/// in the zone.
pub(super) fn render_2023_02(cluster: &Cluster, project: &str, call: &Call) -> Value {
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
            .map(|config| render_region(config, Disk::OfCluster, select_specs(call)))
            .collect();
        set_fields(document, [("regionConfigs", regions)])
    });
    let mut document = render_common_fields(cluster, project, call, "/api/atlas/v2");
    document.insert("diskSizeGB".to_owned(), json!(cluster.disk_size));
    document.insert("replicationSpecs".to_owned(), specs.collect());
    Value::Object(document)
}

/// Renders a cluster for the versions since 2024-08-05: one replication spec for each shard.
pub(super) fn render_2024_08(cluster: &Cluster, project: &str, call: &Call) -> Value {
    let disk = Disk::OfNode(cluster.disk_size);
    let specs = |render: &dyn Fn(&Region) -> Value| {
        let shards = cluster.shards.iter().map(|shard| {
            let document = json!({
                "id": shard.id,
                "zoneId": shard.zone_id,
                "zoneName": shard.zone_name,
            });
            let regions = shard.regions.iter().map(render).collect();
            set_fields(document, [("regionConfigs", regions)])
        });
        shards.collect::<Value>()
    };
    let mut document = render_common_fields(cluster, project, call, "/api/atlas/v2");
    let effective = specs(&|config| render_region(config, disk, Specs::Running));
    document.insert("effectiveReplicationSpecs".to_owned(), effective);
    let selected_specs = select_specs(call);
    let specs = specs(&|config| render_with_effective_specs(config, disk, selected_specs));
    document.insert("replicationSpecs".to_owned(), specs);
    let own = json!({
        "adaptiveCapacity": cluster.settings.optional.get("adaptiveCapacity"),
        "effectiveDatabaseEdition": "CORE",
        COMPATIBILITY_VERSION: cluster.settings.compatibility_version(call.now),
        "internalClusterRole": "NONE",
        "redactClientLogData": cluster.settings.passthrough.get(REDACT_LOG_DATA),
        "retainBackups": cluster.has_retained_backups,
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

/// Returns the hardware that a response shows, which a request header selects.
const fn select_specs(call: &Call) -> Specs {
    if call.is_configured_hardware_requested {
        Specs::Requested
    } else {
        Specs::Running
    }
}

/// Renders the fields that are common to all API versions.
pub(super) fn render_common_fields(
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
            "readPreference": settings.bi_connector_read_preference,
        },
        "clusterType": cluster.kind.name(),
        "createDate": format_time(cluster.created),
        "encryptionAtRestProvider": settings.encryption_provider,
        "groupId": project,
        "id": cluster.id,
        "labels": render_tags(&settings.labels),
        "mongoDBMajorVersion": settings.major_version,
        "mongoDBVersion": settings.full_version(),
        "name": cluster.name,
        "paused": cluster.lifecycle.is_paused(),
        "pitEnabled": settings.pit_enabled,
        "stateName": cluster.lifecycle.state().name(),
        "tags": render_tags(&settings.tags),
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
    document.extend(render_expiring_fields(settings, call.now));
    let strings = render_connection_strings(cluster);
    document.insert("connectionStrings".to_owned(), strings);
    document.insert(
        "links".to_owned(),
        render_links(cluster, project, call, root),
    );
    document.extend(list_passthrough_attributes(cluster));
    document
}

/// Returns the pinned feature compatibility version and the access of MongoDB employees.
fn render_expiring_fields(settings: &Settings, now: Timestamp) -> Map<String, Value> {
    let mut fields = Map::new();
    if let Some(pinned) = settings.active_pin(now) {
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

/// Returns the passthrough attributes that are common to all API versions.
fn list_passthrough_attributes(cluster: &Cluster) -> impl Iterator<Item = (String, Value)> {
    let is_shown = |name: &str| match name {
        REDACT_LOG_DATA => false,
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

fn render_links(cluster: &Cluster, project: &str, call: &Call, root: &str) -> Value {
    let path = format!("{root}/groups/{project}/clusters/{}", cluster.name);
    let backup = |name: &str| {
        let relation = format!("https://cloud.mongodb.com/{name}");
        render_link(call, &format!("{path}/backup/{name}"), &relation)
    };
    Value::Array(vec![
        render_link(call, &path, "self"),
        backup("restoreJobs"),
        backup("snapshots"),
    ])
}
