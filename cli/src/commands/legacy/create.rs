//! `--defaultcluster` and `--createcluster`.

use std::{fs, path::Path};

use mongodbatlas::ProjectId;
use serde_json::{Map, Value};

use crate::{arguments::Arguments, context::Context, error::CliError, terminal::printable, ui::Ui};

/// A cluster to start from: what the old program's successor would have created, in the words of
/// today's interface.
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

const START_FROM: &str = "`atlascli --defaultcluster -o FILE` writes a document to start from";

/// How a cluster is called that nobody named, before its random letters.
const RANDOM_NAME: &str = "ATLASCLI-";
const RANDOM_LETTERS: usize = 5;

/// Prints the document of a cluster to start from.
pub(super) fn print_default(ui: &mut Ui) -> Result<(), CliError> {
    ui.print(DEFAULT_CLUSTER)
}

/// A cluster that is to be created, as far as that is known before anything is sent.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    project: ProjectId,
    file: &'a Path,
    name: String,
    document: Value,
}

impl<'a> Plan<'a> {
    /// What the flags ask for; none if no cluster is to be created.
    pub(super) fn new(arguments: &'a Arguments) -> Result<Option<Self>, CliError> {
        let create = &arguments.create;
        let Some(file) = &create.createcluster else {
            return Ok(None);
        };
        let file = create.clusterconfig.as_ref().unwrap_or(file);
        let [project] = &arguments.act.project_ids[..] else {
            return Err(CliError::usage(
                "a cluster is created in one project, which has to be named",
            )
            .with_hint("add `--project_id ID` once; `atlascli --list` shows the ids"));
        };
        let project = super::project_id(project)?;
        let mut document = read(file)?;
        let name = match (&create.clustername, document.get("name")) {
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

    /// Creates the cluster; Atlas answers before it is ready.
    pub(super) async fn carry_out(&self, context: &Context, ui: &mut Ui) -> Result<(), CliError> {
        let name = printable(&self.name);
        let file = self.file.to_string_lossy();
        ui.print(&format!(
            "Creating cluster {name} from cluster configuration {}\n",
            printable(&file)
        ))?;
        let project = context.atlas().project(&self.project);
        let cluster = Box::pin(project.create_cluster(&self.document))
            .await
            .map_err(|error| CliError::from(error).or_hint(START_FROM))?;
        ui.print(&format!(
            "Created cluster '{}'\n",
            printable(cluster.name())
        ))?;
        ui.hint(&format!(
            "`{name}` is ready in some minutes; `--cluster {}:{name}` shows its state",
            self.project
        ));
        Ok(())
    }
}

/// The document in a file.
fn read(file: &Path) -> Result<Map<String, Value>, CliError> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|error| {
        CliError::failure(format!("cannot read `{shown}`: {error}")).with_hint(START_FROM)
    })?;
    let malformed = |problem: String| {
        CliError::failure(format!(
            "`{shown}` holds no document of a cluster: {problem}"
        ))
        .with_hint(START_FROM)
    };
    match serde_json::from_str(&text) {
        Ok(Value::Object(document)) => Ok(document),
        Ok(_) => Err(malformed("it is JSON, but no object".to_owned())),
        Err(error) => Err(malformed(error.to_string())),
    }
}

fn random_name() -> String {
    let letters = std::iter::repeat_with(|| match fastrand::u8(0..36) {
        digit @ 0..10 => char::from(b'0' + digit),
        letter => char::from(b'A' + letter - 10),
    });
    RANDOM_NAME
        .chars()
        .chain(letters.take(RANDOM_LETTERS))
        .collect()
}
