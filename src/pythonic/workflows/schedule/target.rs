//! A cluster as schedules see it.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::pythonic::{
    ids::ProjectId,
    resources::{
        deployments::{clusters::Cluster, flex_clusters::FlexCluster, state::ClusterState},
        organization::projects::Project,
    },
};

/// The instance sizes of free and shared clusters, which cannot be paused.
const SHARED_TIERS: [&str; 3] = ["M0", "M2", "M5"];

/// A cluster with the fields that schedules use.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ScheduleTarget {
    /// The id of the project.
    pub project_id: ProjectId,
    /// The name of the project.
    pub project_name: String,
    /// The name of the cluster.
    pub name: String,
    /// The state.
    pub state: ClusterState,
    /// The creation time; `None` if missing.
    pub created: Option<Timestamp>,
    /// The tags: key and value.
    pub tags: Vec<(String, String)>,
    /// The instance sizes, such as `M10`; `FLEX` for a flex cluster.
    pub tiers: Vec<String>,
    /// The regions, such as `EU_WEST_1`.
    pub regions: Vec<String>,
    /// The cloud providers, such as `AWS`.
    pub providers: Vec<String>,
    /// The MongoDB version.
    pub mongodb_version: Option<String>,
    /// The reason why the cluster cannot be paused; `None` if it can be.
    pub obstacle: Option<PauseObstacle>,
}

/// The reason why a cluster can never be paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PauseObstacle {
    /// The cluster is a flex cluster.
    Flex,
    /// The cluster is a free or shared one: M0, M2 or M5.
    SharedTier,
    /// The cluster has NVMe storage.
    Nvme,
}

impl PauseObstacle {
    /// Returns a sentence without a full stop, such as `flex clusters cannot be paused`.
    pub fn description(self) -> &'static str {
        match self {
            Self::Flex => "flex clusters cannot be paused",
            Self::SharedTier => "free and shared clusters cannot be paused",
            Self::Nvme => "clusters with NVMe storage cannot be paused",
        }
    }
}

impl ScheduleTarget {
    /// Returns the target for a dedicated, free or shared cluster.
    pub fn from_cluster(project: &Project, cluster: &Cluster) -> Self {
        Self::new(project.id(), project.name(), cluster)
    }

    /// Returns the target with the data of a later response.
    pub(super) fn refreshed(&self, cluster: &Cluster) -> Self {
        Self::new(&self.project_id, &self.project_name, cluster)
    }

    fn new(project_id: &ProjectId, project_name: &str, cluster: &Cluster) -> Self {
        let document = cluster.document().to_value();
        let tiers = strings(&document, &["electableSpecs", "instanceSize"]);
        let obstacle = if tiers
            .iter()
            .any(|tier| SHARED_TIERS.contains(&tier.as_str()))
        {
            Some(PauseObstacle::SharedTier)
        } else if tiers.iter().any(|tier| tier.ends_with("_NVME")) {
            Some(PauseObstacle::Nvme)
        } else {
            None
        };
        let mut providers = strings(&document, &["backingProviderName"]);
        if providers.is_empty() {
            providers = strings(&document, &["providerName"]);
        }
        Self {
            project_id: project_id.clone(),
            project_name: project_name.to_owned(),
            name: cluster.name().to_owned(),
            state: cluster.state(),
            created: cluster.created(),
            tags: tags(&document),
            tiers,
            regions: strings(&document, &["regionName"]),
            providers,
            mongodb_version: cluster.mongodb_version().map(str::to_owned),
            obstacle,
        }
    }

    /// Returns the target for a flex cluster.
    pub fn from_flex_cluster(project: &Project, cluster: &FlexCluster) -> Self {
        let document = cluster.document().to_value();
        let setting = |name: &str| {
            let value = document.get("providerSettings")?.get(name)?;
            Some(value.as_str()?.to_owned())
        };
        Self {
            project_id: project.id().clone(),
            project_name: project.name().to_owned(),
            name: cluster.name().to_owned(),
            state: cluster.state(),
            created: cluster.created(),
            tags: tags(&document),
            tiers: vec!["FLEX".to_owned()],
            regions: setting("regionName").into_iter().collect(),
            providers: setting("backingProviderName").into_iter().collect(),
            mongodb_version: cluster.mongodb_version().map(str::to_owned),
            obstacle: Some(PauseObstacle::Flex),
        }
    }

    /// Returns the value of a tag.
    pub fn tag(&self, key: &str) -> Option<&str> {
        let mut tags = self.tags.iter();
        let (_, value) = tags.find(|(name, _)| name == key)?;
        Some(value)
    }

    /// Returns `PROJECT:NAME`.
    pub fn path(&self) -> String {
        format!("{}:{}", self.project_name, self.name)
    }

    /// Returns a delay below `spread` that is the same in every run and on every machine.
    pub(super) fn start_delay(&self, spread: SignedDuration) -> SignedDuration {
        let seconds = spread.as_secs().unsigned_abs();
        if seconds == 0 {
            return SignedDuration::ZERO;
        }
        let delay = stable_hash(&format!("{}/{}", self.project_id, self.name)) % seconds;
        SignedDuration::from_secs(delay.cast_signed())
    }
}

/// Returns the FNV-1a hash. Unlike the hashes of the standard library, it never changes.
fn stable_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Returns the tags of a cluster's document.
fn tags(document: &Value) -> Vec<(String, String)> {
    let tags = document.get("tags").and_then(Value::as_array);
    let pair = |tag: &Value| {
        let field = |name: &str| Some(tag.get(name)?.as_str()?.to_owned());
        Some((field("key")?, field("value")?))
    };
    tags.into_iter().flatten().filter_map(pair).collect()
}

/// Returns the distinct strings at this path in all regions of a cluster's document.
fn strings(document: &Value, path: &[&str]) -> Vec<String> {
    let array = |value: Option<&Value>| value.and_then(Value::as_array).cloned();
    let specs = array(document.get("replicationSpecs")).unwrap_or_default();
    let regions = specs
        .iter()
        .flat_map(|spec| array(spec.get("regionConfigs")).unwrap_or_default());
    let mut found = Vec::new();
    for region in regions {
        let value = path.iter().try_fold(&region, |value, key| value.get(key));
        if let Some(value) = value.and_then(Value::as_str)
            && !found.iter().any(|other| other == value)
        {
            found.push(value.to_owned());
        }
    }
    found
}
