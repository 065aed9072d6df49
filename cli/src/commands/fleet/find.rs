//! `find`: searches names, ids, tags, hosts and database users of the organization.

use futures_util::StreamExt as _;
use mongodbatlas::{Document, operation};
use serde::Serialize;
use serde_json::Value;

use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Scope, Target, argument, column},
        session::Place,
        steps::print::serialize,
    },
    error::CliError,
    exit::Exit,
    output::render::{Data, Item, List, text},
};

/// The number of projects that are read at the same time.
const CONCURRENCY: usize = 32;

/// The command `find`.
pub(crate) static FIND: Command = Command::local(
    "find",
    "Find names, ids, tags, hosts and database users",
    find,
)
.details("The text is searched without regard to case.")
.scope(Scope::Fleet)
.arguments(&[argument("text", Target::None, "Text to find")])
.columns(&[
    column("KIND", "kind"),
    column("NAME", "name"),
    column("PROJECT", "project"),
    column("MATCH", "match"),
    column("ID", "id"),
])
.examples(&[Example {
    line: "find shop",
    task: "Find everything whose name, id, tag or host contains a text",
}]);

/// A match of `find`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Hit {
    /// `project`, `cluster` or `database user`.
    kind: &'static str,
    name: String,
    /// The name of the project; empty for a project.
    project: String,
    /// The value that contains the text.
    #[serde(rename = "match")]
    matched: String,
    /// The id; empty for a database user.
    id: String,
}

fn find<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let wanted = invocation.text("text").unwrap_or_default().to_lowercase();
        let projects = invocation.session.projects(&invocation.values).await?;
        let mut hits: Vec<Hit> = Vec::new();
        for project in &projects {
            hits.extend(
                matched(&[project.label(), &project.id], &wanted).map(|matched| Hit {
                    kind: "project",
                    name: project.label().to_owned(),
                    project: String::new(),
                    id: project.id.clone(),
                    matched,
                }),
            );
        }
        let mut refused = 0;
        for list in invocation.clusters_of(projects.clone()).await? {
            let Ok(clusters) = list.clusters else {
                refused += 1;
                continue;
            };
            for cluster in clusters {
                let texts = texts(
                    cluster.value(),
                    &["id", "name", "tags", "connectionStrings"],
                );
                let texts: Vec<_> = texts.iter().map(String::as_str).collect();
                hits.extend(matched(&texts, &wanted).map(|matched| Hit {
                    kind: "cluster",
                    name: cluster.name.clone(),
                    project: cluster.project.label().to_owned(),
                    id: cluster.id().unwrap_or_default().to_owned(),
                    matched,
                }));
            }
        }
        hits.extend(users(invocation, &projects, &wanted).await?);
        let mut list = List::default();
        for hit in &hits {
            list.items.push(Item {
                document: serialize(hit)?,
                labels: Vec::new(),
            });
        }
        if list.items.is_empty() {
            return Err(
                CliError::failure(format!("nothing contains `{wanted}`")).with_exit(Exit::NotFound)
            );
        }
        invocation.print(&Data::List(list))?;
        Ok(if refused == 0 {
            Exit::Success
        } else {
            Exit::Partial
        })
    })
}

/// Returns the database users of all projects that match.
async fn users(
    invocation: &Invocation<'_>,
    projects: &[Place],
    wanted: &str,
) -> Result<Vec<Hit>, CliError> {
    let atlas = &invocation.session.atlas().await?;
    let lists = futures_util::stream::iter(projects).map(|project| async move {
        let call = atlas
            .operation(operation::LIST_GROUP_DATABASE_USERS)
            .with("groupId", &project.id);
        let users = match call.items() {
            Ok(pager) => pager.collect().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        (project, users)
    });
    let lists: Vec<(&Place, Vec<Document>)> = lists.buffered(CONCURRENCY).collect().await;
    let mut hits = Vec::new();
    for (project, users) in lists {
        for user in users {
            let name = user
                .to_value()
                .get("username")
                .map(text)
                .unwrap_or_default();
            hits.extend(matched(&[&name], wanted).map(|matched| Hit {
                kind: "database user",
                name: name.clone(),
                project: project.label().to_owned(),
                id: String::new(),
                matched,
            }));
        }
    }
    Ok(hits)
}

/// Returns the first text that contains `wanted`.
fn matched(texts: &[&str], wanted: &str) -> Option<String> {
    let found = texts
        .iter()
        .find(|text| text.to_lowercase().contains(wanted))?;
    Some((*found).to_owned())
}

/// Returns the texts in fields of a document.
fn texts(value: &Value, fields: &[&str]) -> Vec<String> {
    fn walk(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let (Some(key), Some(value)) = (fields.get("key"), fields.get("value")) {
                    texts.push(format!("{}={}", text(key), text(value)));
                    return;
                }
                fields.values().for_each(|value| walk(value, texts));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, texts)),
            Value::Null => {}
            other => texts.push(text(other)),
        }
    }
    let mut texts = Vec::new();
    for field in fields {
        if let Some(value) = value.get(field) {
            walk(value, &mut texts);
        }
    }
    texts
}
