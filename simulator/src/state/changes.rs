//! What a request may change, already read and typed.

use serde_json::{Map, Value, json};

use super::topology::ShardDraft;
use super::{ClusterType, Tag};

/// The settings of a dedicated cluster that are plain values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent settings, not states"
)]
pub(crate) struct Settings {
    pub(crate) backup_enabled: bool,
    pub(crate) pit_enabled: bool,
    /// In which order nodes are scaled, which is only shown once it was chosen.
    pub(crate) scaling_strategy: Option<String>,
    pub(crate) bi_connector_enabled: bool,
    /// Which nodes the connector reads from, in the case it was written in.
    pub(crate) bi_connector_reads: String,
    pub(crate) encryption_provider: String,
    pub(crate) labels: Vec<Tag>,
    pub(crate) major_version: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) termination_protection: bool,
    pub(crate) version_release_system: String,
    /// Attributes without a meaning here, as they were set last.
    pub(crate) carried: Map<String, Value>,
}

/// The attributes that are kept and shown but mean nothing to the simulator.
pub(crate) fn carried_attributes() -> Map<String, Value> {
    let defaults = json!({
        "advancedConfiguration": {
            "customOpensslCipherConfigTls12": [],
            "customOpensslCipherConfigTls13": [],
            "minimumEnabledTlsProtocol": "TLS1_2",
            "tlsCipherConfigMode": "DEFAULT",
        },
        "diskWarmingMode": "FULLY_WARMED",
        "globalClusterSelfManagedSharding": false,
        "redactClientLogData": false,
        "rootCertType": "ISRGROOTX1",
    });
    match defaults {
        Value::Object(defaults) => defaults,
        _ => Map::new(),
    }
}

impl Settings {
    pub(crate) fn new() -> Self {
        Self {
            backup_enabled: false,
            pit_enabled: false,
            scaling_strategy: None,
            bi_connector_enabled: false,
            bi_connector_reads: "secondary".to_owned(),
            encryption_provider: "NONE".to_owned(),
            labels: Vec::new(),
            major_version: "8.0".to_owned(),
            tags: Vec::new(),
            termination_protection: false,
            version_release_system: "LTS".to_owned(),
            carried: carried_attributes(),
        }
    }

    /// The version that runs, from the major version that was chosen.
    pub(crate) fn full_version(&self) -> String {
        format!("{}.29", self.major_version)
    }
}

/// A change of a dedicated cluster; what is none stays as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClusterChange {
    pub(crate) paused: Option<bool>,
    pub(crate) kind: Option<ClusterType>,
    pub(crate) shards: Option<Vec<ShardDraft>>,
    pub(crate) disk_size: Option<f64>,
    pub(crate) backup_enabled: Option<bool>,
    pub(crate) pit_enabled: Option<bool>,
    pub(crate) scaling_strategy: Option<String>,
    pub(crate) bi_connector_enabled: Option<bool>,
    pub(crate) bi_connector_reads: Option<String>,
    pub(crate) encryption_provider: Option<String>,
    pub(crate) labels: Option<Vec<Tag>>,
    pub(crate) major_version: Option<String>,
    pub(crate) tags: Option<Vec<Tag>>,
    pub(crate) termination_protection: Option<bool>,
    pub(crate) version_release_system: Option<String>,
    pub(crate) carried: Map<String, Value>,
}

impl ClusterChange {
    /// The settings with this change made.
    pub(crate) fn applied_to(&self, settings: &Settings) -> Settings {
        let changed = self.clone();
        let current = settings.clone();
        Settings {
            backup_enabled: changed.backup_enabled.unwrap_or(current.backup_enabled),
            pit_enabled: changed.pit_enabled.unwrap_or(current.pit_enabled),
            scaling_strategy: changed.scaling_strategy.or(current.scaling_strategy),
            bi_connector_enabled: changed
                .bi_connector_enabled
                .unwrap_or(current.bi_connector_enabled),
            bi_connector_reads: changed
                .bi_connector_reads
                .unwrap_or(current.bi_connector_reads),
            encryption_provider: changed
                .encryption_provider
                .unwrap_or(current.encryption_provider),
            labels: changed.labels.unwrap_or(current.labels),
            major_version: changed.major_version.unwrap_or(current.major_version),
            tags: changed.tags.unwrap_or(current.tags),
            termination_protection: changed
                .termination_protection
                .unwrap_or(current.termination_protection),
            version_release_system: changed
                .version_release_system
                .unwrap_or(current.version_release_system),
            carried: merged(current.carried, changed.carried),
        }
    }
}

/// Values over values; objects are merged, as a PATCH does.
fn merged(mut current: Map<String, Value>, changed: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in changed {
        let value = match (current.remove(&name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => Value::Object(merged(old, new)),
            (_, value) => value,
        };
        current.insert(name, value);
    }
    current
}

/// A change of a flex cluster; what is none stays as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct FlexChange {
    pub(crate) tags: Option<Vec<Tag>>,
    pub(crate) termination_protection: Option<bool>,
}
