//! Helpers for new clusters: a default document, JSON files and random names.

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
    /// Returns the document of a replica set of three M40 nodes in the AWS region `US_EAST_1`, with
    /// 100 GB, disk autoscaling and backups.
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
    /// Creates a cluster from a JSON file; see [`create_cluster`](Self::create_cluster).
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the file cannot be read or is
    /// not a JSON object, or any error of [`create_cluster`](Self::create_cluster).
    ///
    /// ```no_run
    /// # async fn example(project: mongodbatlas::ProjectHandle) -> mongodbatlas::Result<()> {
    /// let cluster = project.create_cluster_from_file("cluster.json").await?;
    /// println!("{} is {}", cluster.name(), cluster.state());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create_cluster_from_file(&self, file: impl AsRef<Path>) -> Result<Cluster> {
        self.create_cluster(&read_object(file.as_ref())?).await
    }
}

/// Reads a JSON object from a file.
fn read_object(file: &Path) -> Result<Value> {
    let name = file.display();
    let invalid =
        |message: String, hint| Error::new(ErrorKind::InvalidInput, message).with_hint(hint);
    let content = fs::read(file).map_err(|source| {
        let message = format!("cannot read cluster file `{name}`");
        invalid(message, "check the path and the permissions of the file").with_source(source)
    })?;
    let document: Value = serde_json::from_slice(&content).map_err(|source| {
        let (line, column) = (source.line(), source.column());
        let message =
            format!("invalid JSON in cluster file `{name}`, line {line}, column {column}");
        invalid(message, "check for a missing comma, quote or bracket").with_source(source)
    })?;
    if !document.is_object() {
        let message = format!("no JSON object in cluster file `{name}`");
        return Err(invalid(message, "write the cluster as `{…}`"));
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_name_has_capital_letters_and_digits() {
        let name = random_name();

        assert!(
            name.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()),
            "{name}"
        );
    }

    #[test]
    fn read_object_reports_file_and_position() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("cluster.json");
        let message = |text: Option<&str>| {
            if let Some(text) = text {
                fs::write(&file, text).unwrap();
            }
            let error = read_object(&file).unwrap_err();
            assert!(error.is_invalid_input() && error.hint().is_some());
            error
                .to_string()
                .replace(&file.display().to_string(), "FILE")
        };

        assert_eq!(message(None), "cannot read cluster file `FILE`");
        assert_eq!(
            message(Some("{\n  \"name\" \"demo\"}")),
            "invalid JSON in cluster file `FILE`, line 2, column 10"
        );
        assert_eq!(message(Some("[]")), "no JSON object in cluster file `FILE`");
    }
}
