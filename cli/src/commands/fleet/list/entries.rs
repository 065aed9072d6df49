//! The documents of `list`.

use serde::Serialize;

use crate::{
    engine::{
        fleet::{ClusterTarget, Kind, ProjectClusters, Selection},
        session::Place,
        steps::print::serialize,
    },
    error::CliError,
    output::render::{Item, text},
};

/// The tree of `list -o json`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TreeDocument {
    pub(super) organizations: Vec<OrganizationEntry>,
}

/// An organization with its projects.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OrganizationEntry {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) projects: Vec<ProjectEntry>,
}

/// A project with its clusters, or with the reason why they cannot be read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ProjectEntry {
    id: String,
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clusters: Option<Vec<ClusterEntry>>,
    /// The reason why the clusters cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

/// A cluster.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ClusterEntry {
    id: Option<String>,
    name: String,
    /// `dedicated`, `flex` or `serverless`.
    kind: Option<&'static str>,
    /// The state in lower case, such as `running` or `paused`.
    state: String,
    /// The instance size of the first node.
    tier: Option<String>,
    /// The first region.
    region: Option<String>,
    /// The version of MongoDB.
    version: Option<String>,
}

/// A line of `list -o jsonl`: a cluster, or a project whose clusters cannot be read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClusterRow {
    organization: Option<String>,
    organization_id: String,
    project: Option<String>,
    project_id: String,
    #[serde(flatten)]
    cluster: Option<ClusterEntry>,
    /// The reason why the clusters of the project cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

impl ProjectEntry {
    /// Creates the entry of a project and its selected clusters.
    pub(super) fn new(list: &ProjectClusters, selection: &Selection) -> Self {
        let clusters = list.clusters.as_ref().ok().map(|clusters| {
            let clusters = clusters.iter().filter(|cluster| selection.matches(cluster));
            clusters.map(ClusterEntry::new).collect()
        });
        Self {
            id: list.project.id.clone(),
            name: list.project.name.clone(),
            clusters,
            refused: list.clusters.as_ref().err().map(message),
        }
    }
}

impl ClusterEntry {
    fn new(cluster: &ClusterTarget) -> Self {
        Self {
            id: cluster.id().map(str::to_owned),
            name: cluster.name.clone(),
            kind: cluster.kind.map(Kind::name),
            state: cluster.state().to_string(),
            tier: cluster.tiers().into_iter().next(),
            region: cluster.regions().into_iter().next(),
            version: cluster.value().get("mongoDBVersion").map(text),
        }
    }
}

impl ClusterRow {
    /// Creates the row of a cluster, or of a project that was refused.
    pub(super) fn new(
        organization: &Place,
        project: &Place,
        cluster: Result<&ClusterTarget, &CliError>,
    ) -> Self {
        Self {
            organization: organization.name.clone(),
            organization_id: organization.id.clone(),
            project: project.name.clone(),
            project_id: project.id.clone(),
            cluster: cluster.ok().map(ClusterEntry::new),
            refused: cluster.err().map(message),
        }
    }

    /// Returns the item of a list.
    ///
    /// # Errors
    ///
    /// Fails if the row cannot be written as JSON.
    pub(super) fn item(&self) -> Result<Item, CliError> {
        Ok(Item {
            document: serialize(self)?,
            labels: Vec::new(),
        })
    }
}

fn message(error: &CliError) -> String {
    error.message().to_owned()
}
