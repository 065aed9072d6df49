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

    /// Splits at the last colon, since cluster names contain none.
    fn from_str(text: &str) -> Result<Self, CliError> {
        let malformed = |message: String| {
            CliError::usage(message).with_hint(
                "write the project's id, a colon and the cluster's name, as in \
                 `--cluster 5a0a1e7e0f2912c554080adc:Cluster0`; `atlascli --list` shows both",
            )
        };
        let Some((project, name)) = text.rsplit_once(':') else {
            return Err(malformed(format!("missing `:` in `{text}`")));
        };
        if name.is_empty() {
            return Err(malformed(format!(
                "missing cluster name after the colon of `{text}`"
            )));
        }
        if project.is_empty() {
            return Err(malformed(format!(
                "missing project id before the colon of `{text}`"
            )));
        }
        let project = project
            .parse()
            .map_err(|error: mongodbatlas::Error| malformed(error.to_string()))?;
        Ok(Self {
            project,
            name: name.to_owned(),
        })
    }
}
