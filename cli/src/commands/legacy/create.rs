//! `--defaultcluster` and `--createcluster`.

use std::{fs, path::Path};

use mongodbatlas::ProjectId;
use serde_json::{Map, Value};

use crate::{
    arguments::Arguments, context::Context, error::CliError, exit::Exit, terminal::printable,
    ui::Ui,
};

/// The default cluster of the Python program's successor, as a document of API version 2.
const DEFAULT_CLUSTER: &str = r#"{
  "clusterType": "REPLICASET",
  "replicationSpecs": [
    {
      "regionConfigs": [
        {
          "providerName": "AWS",
          "regionName": "US_EAST_1",
          "priority": 7,
          "electableSpecs": {
            "instanceSize": "M40",
            "nodeCount": 3,
            "diskSizeGB": 100
          },
          "autoScaling": {
            "diskGB": {
              "enabled": true
            }
          }
        }
      ]
    }
  ]
}
"#;

const DEFAULT_DOCUMENT: &str = "`atlascli --defaultcluster -o FILE` writes a valid document";

/// Prefix of random cluster names.
const RANDOM_NAME_PREFIX: &str = "ATLASCLI-";
const RANDOM_CHARACTERS: usize = 5;

/// Prints the default document for a new cluster.
pub(super) fn print_default(ui: &mut Ui) -> Result<Exit, CliError> {
    ui.print(DEFAULT_CLUSTER)?;
    Ok(Exit::Success)
}

/// A cluster to create, validated before any request.
#[derive(Debug)]
pub(super) struct NewCluster<'a> {
    project: ProjectId,
    file: &'a Path,
    name: String,
    document: Value,
}

impl<'a> NewCluster<'a> {
    /// Reads the cluster's document. `None` without `--createcluster`.
    pub(super) fn from_arguments(arguments: &'a Arguments) -> Result<Option<Self>, CliError> {
        let creation = &arguments.creation;
        let Some(file) = &creation.createcluster else {
            return Ok(None);
        };
        let file = creation.clusterconfig.as_ref().unwrap_or(file);
        let [project] = &arguments.pausing.project_ids[..] else {
            return Err(
                CliError::usage("`--createcluster` requires exactly one `--project_id`")
                    .with_hint("`atlascli --list` lists the ids"),
            );
        };
        let project = super::project_id(project)?;
        let mut document = read_document(file)?;
        let name = match (&creation.clustername, document.get("name")) {
            (Some(name), _) | (None, Some(Value::String(name))) => name.clone(),
            _ => random_name(),
        };
        document.insert("name".to_owned(), Value::String(name.clone()));
        Ok(Some(Self {
            project,
            file,
            name,
            document: Value::Object(document),
        }))
    }

    /// Creates the cluster, without waiting until it is ready.
    pub(super) async fn create(&self, context: &Context, ui: &mut Ui) -> Result<Exit, CliError> {
        let name = printable(&self.name);
        let file = self.file.to_string_lossy();
        ui.print(&format!(
            "Creating cluster {name} from cluster configuration {}\n",
            printable(&file)
        ))?;
        let project = context.atlas().project(&self.project);
        let cluster = Box::pin(project.create_cluster(&self.document))
            .await
            .map_err(|error| CliError::from(error).or_hint(DEFAULT_DOCUMENT))?;
        ui.print(&format!(
            "Created cluster '{}'\n",
            printable(cluster.name())
        ))?;
        ui.hint(&format!(
            "`{name}` is ready in a few minutes; `--cluster {}:{name}` shows its state",
            self.project
        ));
        Ok(Exit::Success)
    }
}

fn read_document(file: &Path) -> Result<Map<String, Value>, CliError> {
    let path = file.display();
    let text = fs::read_to_string(file).map_err(|error| {
        CliError::failure(format!("cannot read `{path}`: {error}")).with_hint(DEFAULT_DOCUMENT)
    })?;
    let malformed = |problem: String| {
        CliError::failure(format!("invalid cluster document in `{path}`: {problem}"))
            .with_hint(DEFAULT_DOCUMENT)
    };
    match serde_json::from_str(&text) {
        Ok(Value::Object(document)) => Ok(document),
        Ok(_) => Err(malformed("not a JSON object".to_owned())),
        Err(error) => Err(malformed(error.to_string())),
    }
}

fn random_name() -> String {
    let characters = mongodbatlas::random_name();
    RANDOM_NAME_PREFIX
        .chars()
        .chain(characters.chars().take(RANDOM_CHARACTERS))
        .collect()
}
