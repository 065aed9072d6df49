//! Parsed changes to clusters.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::topology::ShardDraft;
use super::{ClusterType, Tag};

/// Settings of a dedicated cluster other than its topology.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent settings, not states"
)]
pub(crate) struct Settings {
    pub(crate) backup_enabled: bool,
    pub(crate) pit_enabled: bool,
    /// Order in which nodes are scaled; absent from responses until a request sets it.
    pub(crate) scaling_strategy: Option<String>,
    pub(crate) bi_connector_enabled: bool,
    /// Read preference of the BI connector, with the letter case of the request.
    pub(crate) bi_connector_read_preference: String,
    pub(crate) encryption_provider: String,
    pub(crate) labels: Vec<Tag>,
    pub(crate) major_version: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) termination_protection: bool,
    pub(crate) version_release_system: String,
    /// Attributes that are stored and returned without effect.
    pub(crate) passthrough: Map<String, Value>,
    /// Attributes without effect that are absent from some responses.
    pub(crate) optional: Map<String, Value>,
    pub(crate) employee_access: Option<EmployeeAccess>,
    pub(crate) pinned_version: Option<PinnedVersion>,
}

/// Access to the cluster that a request granted to MongoDB employees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmployeeAccess {
    pub(crate) expires: Timestamp,
    pub(crate) kind: String,
}

/// A pinned feature compatibility version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PinnedVersion {
    pub(crate) version: String,
    pub(crate) expires: Timestamp,
}

/// Returns the attributes that are stored and returned without effect, with their defaults.
pub(crate) fn passthrough_defaults() -> Map<String, Value> {
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

/// Returns the defaults of the attributes that are absent from some responses.
fn optional_defaults() -> Map<String, Value> {
    let defaults = json!({
        "configServerManagementMode": "ATLAS_MANAGED",
        "useAwsTimeBasedSnapshotCopyForFastInitialSync": false,
    });
    match defaults {
        Value::Object(defaults) => defaults,
        _ => Map::new(),
    }
}

/// The default MongoDB major version of a cluster.
pub(crate) const DEFAULT_MAJOR_VERSION: &str = "8.0";

impl Settings {
    pub(crate) fn new() -> Self {
        Self {
            backup_enabled: false,
            pit_enabled: false,
            scaling_strategy: None,
            bi_connector_enabled: false,
            bi_connector_read_preference: "secondary".to_owned(),
            encryption_provider: "NONE".to_owned(),
            labels: Vec::new(),
            major_version: DEFAULT_MAJOR_VERSION.to_owned(),
            tags: Vec::new(),
            termination_protection: false,
            version_release_system: "LTS".to_owned(),
            passthrough: passthrough_defaults(),
            optional: optional_defaults(),
            employee_access: None,
            pinned_version: None,
        }
    }

    /// Returns the feature compatibility version at a time.
    pub(crate) fn compatibility_version(&self, now: Timestamp) -> &str {
        self.active_pin(now)
            .map_or(&self.major_version, |pinned| &pinned.version)
    }

    /// Returns the pinned version, or `None` after its expiry.
    pub(crate) fn active_pin(&self, now: Timestamp) -> Option<&PinnedVersion> {
        self.pinned_version
            .as_ref()
            .filter(|pinned| pinned.expires > now)
    }

    /// Returns the full version of the chosen major version.
    pub(crate) fn full_version(&self) -> String {
        format!("{}.29", self.major_version)
    }
}

/// A change to a dedicated cluster; `None` leaves a setting unchanged.
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
    pub(crate) bi_connector_read_preference: Option<String>,
    pub(crate) encryption_provider: Option<String>,
    pub(crate) labels: Option<Vec<Tag>>,
    pub(crate) major_version: Option<String>,
    pub(crate) tags: Option<Vec<Tag>>,
    pub(crate) termination_protection: Option<bool>,
    pub(crate) version_release_system: Option<String>,
    pub(crate) passthrough: Map<String, Value>,
    pub(crate) optional: Map<String, Value>,
    /// `true` if the request contains fields other than `paused`.
    pub(crate) has_other_fields: bool,
    /// `true` if a change of nodes with auto-scaling leaves the running hardware unchanged.
    pub(crate) is_hardware_fixed: bool,
}

impl ClusterChange {
    /// Returns `settings` with this change.
    pub(crate) fn apply(&self, settings: &Settings) -> Settings {
        let changed = self.clone();
        let current = settings.clone();
        Settings {
            backup_enabled: changed.backup_enabled.unwrap_or(current.backup_enabled),
            pit_enabled: changed.pit_enabled.unwrap_or(current.pit_enabled),
            scaling_strategy: changed.scaling_strategy.or(current.scaling_strategy),
            bi_connector_enabled: changed
                .bi_connector_enabled
                .unwrap_or(current.bi_connector_enabled),
            bi_connector_read_preference: changed
                .bi_connector_read_preference
                .unwrap_or(current.bi_connector_read_preference),
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
            passthrough: merge(current.passthrough, changed.passthrough),
            optional: merge(current.optional, changed.optional),
            employee_access: current.employee_access,
            pinned_version: current.pinned_version,
        }
    }
}

/// Merges changed attributes into the current attributes. Merges objects field by field.
fn merge(mut current: Map<String, Value>, changed: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in changed {
        let value = match (current.remove(&name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => Value::Object(merge(old, new)),
            (_, value) => value,
        };
        current.insert(name, value);
    }
    current
}

/// A change to a flex cluster; `None` leaves a setting unchanged.
#[derive(Clone, Debug, Default)]
pub(crate) struct FlexChange {
    pub(crate) tags: Option<Vec<Tag>>,
    pub(crate) termination_protection: Option<bool>,
}
