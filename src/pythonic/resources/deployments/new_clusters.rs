//! Helpers for new clusters: a default document, documents in files, and random names.

use std::{fs, iter, path::Path};

use serde_json::{Value, json};

use crate::{
    error::{Error, ErrorKind, Result},
    pythonic::resources::{deployments::clusters::Cluster, organization::projects::ProjectHandle},
};

/// The length of a random name.
const NAME_LENGTH: usize = 10;

/// Returns a random name for tests: ten capital letters and digits.
///
/// ```
/// let name = mongodbatlas::random_name();
///
/// assert_eq!(name.len(), 10);
/// assert_ne!(name, mongodbatlas::random_name());
/// ```
pub fn random_name() -> String {
    const CHARACTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let characters =
        iter::repeat_with(|| char::from(CHARACTERS[fastrand::usize(..CHARACTERS.len())]));
    characters.take(NAME_LENGTH).collect()
}

impl Cluster {
    /// Returns the document of a replica set of three M40 nodes in AWS's `US_EAST_1` with 100 GB,
    /// disk autoscaling and backups.
    ///
    /// ```
    /// let mut document = mongodbatlas::Cluster::default_single_region_cluster("Cluster0");
    /// document["replicationSpecs"][0]["regionConfigs"][0]["regionName"] = "EU_WEST_1".into();
    ///
    /// assert_eq!(document["name"], "Cluster0");
    /// ```
    pub fn default_single_region_cluster(name: &str) -> Value {
        json!({
            "name": name,
            "clusterType": "REPLICASET",
            "backupEnabled": true,
            "replicationSpecs": [{"regionConfigs": [{
                "providerName": "AWS",
                "regionName": "US_EAST_1",
                "priority": 7,
                "electableSpecs": {"instanceSize": "M40", "nodeCount": 3, "diskSizeGB": 100},
                "autoScaling": {"diskGB": {"enabled": true}},
            }]}],
        })
    }
}

impl ProjectHandle {
    /// Creates a cluster from a file with its JSON document; see
    /// [`create_cluster`](Self::create_cluster).
    ///
    /// # Errors
    ///
    /// Invalid input if the file cannot be read or is not a JSON object; otherwise as
    /// [`create_cluster`](Self::create_cluster).
    ///
    /// ```no_run
    /// # async fn example(project: mongodbatlas::ProjectHandle) -> mongodbatlas::Result<()> {
    /// let cluster = project.create_cluster_from_file("cluster.json").await?;
    /// println!("{} is {}", cluster.name(), cluster.state());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create_cluster_from_file(&self, file: impl AsRef<Path>) -> Result<Cluster> {
        self.create_cluster(&read(file.as_ref())?).await
    }
}

/// Reads a JSON object from a file.
fn read(file: &Path) -> Result<Value> {
    let unusable = |problem: &str, hint: &'static str| {
        let message = format!("the cluster's file `{}` {problem}", file.display());
        Error::new(ErrorKind::InvalidInput, message).with_hint(hint)
    };
    let text = fs::read(file).map_err(|source| {
        unusable(
            "cannot be read",
            "give the path of a file that this user may read",
        )
        .with_source(source)
    })?;
    let document: Value = serde_json::from_slice(&text).map_err(|source| {
        let place = format!(
            "is no JSON in line {}, column {}",
            source.line(),
            source.column()
        );
        unusable(&place, "check for a missing comma, quote or bracket there").with_source(source)
    })?;
    if !document.is_object() {
        return Err(unusable(
            "holds no JSON object",
            "write the cluster as `{…}`",
        ));
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_atlas_takes() {
        let name = random_name();

        assert!(
            name.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()),
            "{name}"
        );
    }

    #[test]
    fn a_bad_file_is_named_with_its_place_and_cure() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("cluster.json");
        let problem = |text: Option<&str>| {
            if let Some(text) = text {
                fs::write(&file, text).unwrap();
            }
            let error = read(&file).unwrap_err();
            assert!(error.is_invalid_input() && error.hint().is_some());
            error
                .to_string()
                .replace(&file.display().to_string(), "FILE")
        };

        assert_eq!(problem(None), "the cluster's file `FILE` cannot be read");
        let broken = problem(Some("{\n  \"name\" \"demo\"}"));
        assert_eq!(
            broken,
            "the cluster's file `FILE` is no JSON in line 2, column 10"
        );
        assert_eq!(
            problem(Some("[]")),
            "the cluster's file `FILE` holds no JSON object"
        );
    }
}
