//! `PROJECT_ID:CLUSTER_NAME`.

use std::str::FromStr;

use mongodbatlas::ProjectId;

use crate::error::CliError;

/// The path of a cluster: its project's id and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClusterPath {
    /// The id of the project.
    pub(crate) project: ProjectId,
    /// The name of the cluster.
    pub(crate) name: String,
}

impl FromStr for ClusterPath {
    type Err = CliError;

    fn from_str(text: &str) -> Result<Self, CliError> {
        let malformed = |message: String| {
            CliError::usage(message).with_hint(
                "write the project's id, a colon and the cluster's name, as in \
                 `--cluster 5a0a1e7e0f2912c554080adc:Cluster0`; `atlascli --list` shows both",
            )
        };
        let path: mongodbatlas::ClusterPath = text
            .parse()
            .map_err(|error: mongodbatlas::Error| malformed(error.to_string()))?;
        let project = path
            .project()
            .ok_or_else(|| malformed(format!("`{text}` has no project id")))?
            .parse()
            .map_err(|error: mongodbatlas::Error| malformed(error.to_string()))?;
        Ok(Self {
            project,
            name: path.name().to_owned(),
        })
    }
}
